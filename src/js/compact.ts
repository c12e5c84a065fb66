/**
 * Calls of a journal that need not be made again: those about a bus or a rule that was deleted later, and a PutRule that a later
 * one replaces.
 *
 * Only calls before the first event that is still in the journal are looked at, and only where nothing falls due by itself (no
 * schedule, no replay, no ordered failure): there nothing happens between the calls, so that what stands at the end is all that
 * counts. A bus or rule goes with all calls about it, and only if no other call before names it: one of another account, an
 * archive, a tag. The first call of an account and region stays, because it made the default bus there.
 */

import type { JournalEntry } from "./journal.js";

/** Operations on one bus of the caller's own, or on one of its rules: the member that names it. */
const named: Readonly<Record<string, "Name" | "Rule" | undefined>> = {
  PutRule: "Name",
  EnableRule: "Name",
  DisableRule: "Name",
  DeleteRule: "Name",
  PutTargets: "Rule",
  RemoveTargets: "Rule",
};
const ofBus: ReadonlySet<string> = new Set(["CreateEventBus", "UpdateEventBus", "DeleteEventBus"]);
const ofPolicy: ReadonlySet<string> = new Set(["PutPermission", "RemovePermission"]);

interface Subject {
  /** Account and region of the caller. */
  place: string;
  bus: string;
  rule?: string;
}

/** A thing that is there, with all calls about it. */
interface Life {
  calls: number[];
  /** The PutRule in force, unless that made the rule. */
  put?: number;
}

/** The calls that give the same world. */
export function compacted(calls: readonly JournalEntry[]): JournalEntry[] {
  if (calls.some(cannotBeJudged)) return [...calls];
  const gone = new Set<number>();
  const lives = new Map<string, Life>();
  const places = new Set<string>();
  /** What calls name that may be about anything. */
  const said = new Set<string>();
  const end = (key: string, name: string): void => {
    const life = lives.get(key);
    lives.delete(key);
    if (life && !said.has(name)) for (const at of life.calls) gone.add(at);
  };
  for (const [at, entry] of calls.entries()) {
    const about = subject(entry);
    const isFirst = entry.caller !== undefined && !places.has(placeOf(entry.caller));
    if (isFirst) places.add(placeOf(entry.caller ?? ""));
    if (isFirst || !about) {
      for (const word of entry.input.match(/[\w.-]+/g) ?? []) said.add(word);
      continue;
    }
    const bus = JSON.stringify([about.place, about.bus]);
    const rule = JSON.stringify([about.place, about.bus, about.rule]);
    if (entry.name === "CreateEventBus") lives.set(bus, { calls: [] });
    if (entry.name === "PutRule" && !said.has(about.rule ?? "")) putRule(lives, rule, at, gone);
    for (const key of [bus, rule]) lives.get(key)?.calls.push(at);
    if (entry.name === "DeleteRule") end(rule, about.rule ?? "");
    if (entry.name === "DeleteEventBus") end(bus, about.bus);
  }
  return calls.filter((_, at) => !gone.has(at));
}

/** Calls that make much at once or let something fall due, and texts in which a name may hide. */
function cannotBeJudged({ name, input }: JournalEntry): boolean {
  if (["load", "fork", "StartReplay", "failNext"].includes(name)) return true;
  return input.includes("\\u") || (name === "PutRule" && input.includes('"ScheduleExpression"'));
}

function putRule(lives: Map<string, Life>, key: string, at: number, gone: Set<number>): void {
  const life = lives.get(key);
  if (!life) {
    lives.set(key, { calls: [] });
    return;
  }
  if (life.put !== undefined) gone.add(life.put);
  life.put = at;
}

/** What a call is about, if that is one bus or rule of the caller's own, by its plain name. */
function subject({ name, input, caller }: JournalEntry): Subject | undefined {
  const member = named[name];
  if (caller === undefined || (member === undefined && !ofBus.has(name) && !ofPolicy.has(name))) return undefined;
  const given = JSON.parse(input) as Record<string, unknown>;
  const bus = (ofBus.has(name) ? given.Name : given.EventBusName) ?? "default";
  const rule = member === undefined ? undefined : given[member];
  if (!isPlain(bus) || given.EventSourceName !== undefined) return undefined;
  if (member !== undefined && !isPlain(rule)) return undefined;
  return { place: placeOf(caller), bus, ...(isPlain(rule) ? { rule } : {}) };
}

function isPlain(name: unknown): name is string {
  return typeof name === "string" && /^[\w.-]+$/.test(name);
}

/** The account and region of a caller, as a text. */
export function placeOf(caller: string): string {
  const { account, region } = JSON.parse(caller) as { account?: string; region?: string };
  return `${account}/${region}`;
}
