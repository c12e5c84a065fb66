/**
 * From the draft to what the engine loads.
 *
 * The scenario is composed as JSON text, and the event goes in as it was typed: number spelling, key order and duplicate
 * keys reach the engine. Which way an event takes is the service's rule: AWS services put theirs on the default bus
 * themselves (`emit`), everybody else calls PutEvents, which refuses `aws.` sources.
 */
import type { Json, ScenarioCall } from "../../../src/js/types.js";
import { busAt, DEFAULT_BUS, homeOf, type Place, placeOf } from "./buses.js";
import type { Draft, EventDraft, PolicyDraft, RuleDraft } from "./draft.js";
import { type FieldKey, patternKey, targetsKey } from "./fields.js";
import { isObject, type JsonObject, memberTexts, parse } from "./json-text.js";

export interface Entry {
  via: "put-events" | "emit";
  /** The bus it goes to. */
  bus: string;
  /** The account that sends it. */
  sender: string;
  /** Who sends it and what EventBridge adds, in one sentence. */
  note: string;
}

interface Composed extends Entry {
  /** An entry of `events`, or a whole PutEvents call by another account or region. */
  as: "event" | "call";
  text: string;
}

/** The texts that hold now: what is typed, or, where that is broken, what was typed before. */
export interface Texts {
  event(event: EventDraft): string | null;
  effects: string | null;
  policy(policy: PolicyDraft): string | null;
  pattern(rule: RuleDraft): string | null;
  targets(rule: RuleDraft): string | null;
}

/** The scenario in which these things happen, one after the other. */
export function toScenarioText(draft: Draft, moments: EventDraft[], texts: Texts): string {
  return objectOf(members(draft, moments, texts));
}

/** What is done in that scenario's world, by calls that others have made before. */
export function toPlayText(calls: ScenarioCall[], draft: Draft, moments: EventDraft[], texts: Texts): string {
  return objectOf([["version", "1"], ["calls", JSON.stringify(calls)], ...happens(draft, moments, texts)]);
}

/** The draft's world in pieces: the first is loaded, each of the others played in a fork of what stands so far. */
export function toPieces(draft: Draft, texts: Texts, rulesAtOnce: number): string[] {
  const calls = callsOf(draft, texts).map(({ call }) => call);
  // A rule is two calls: the rule and its targets.
  const size = 2 * rulesAtOnce;
  const count = Math.max(1, Math.ceil(calls.length / size));
  return Array.from({ length: count }, (_, at) => {
    const piece: [string, string][] = [
      ["version", "1"],
      ["calls", JSON.stringify(calls.slice(at * size, (at + 1) * size))],
    ];
    if (at === 0) piece.push(["options", JSON.stringify(draft.options)]);
    return objectOf(at === count - 1 ? [...piece, ...reactions(draft, texts)] : piece);
  });
}

function objectOf(list: [string, string][]): string {
  return `{${list.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

/** The members of that scenario with their JSON texts. */
export function members(draft: Draft, moments: EventDraft[], texts: Texts): [string, string][] {
  const list: [string, string][] = [
    ["version", "1"],
    ["options", JSON.stringify(draft.options)],
    ["calls", JSON.stringify(callsOf(draft, texts).map(({ call }) => call))],
  ];
  return [...list, ...reactions(draft, texts), ...happens(draft, moments, texts)];
}

/** What targets do. */
function reactions(draft: Draft, texts: Texts): [string, string][] {
  const list: [string, string][] = [];
  if (texts.effects?.trim()) list.push(["effects", texts.effects]);
  if (draft.handlers.length > 0) list.push(["handlers", JSON.stringify(draft.handlers)]);
  return list;
}

/** Its member `events` or, where not all of it is that, `steps`. */
function happens(draft: Draft, moments: EventDraft[], texts: Texts): [string, string][] {
  const happening = moments.flatMap((moment): Happening[] => {
    const text = texts.event(moment);
    if (!text?.trim()) return [];
    return moment.kind === "step" ? [{ as: "step", text }] : [compose(text, moment, draft)];
  });
  if (happening.length === 0) return [];
  const sent = happening.every(({ as }) => as === "event");
  if (sent) return [["events", `[${happening.map(({ text }) => text).join(",")}]`]];
  return [["steps", `[${happening.map(stepOf).join(",")}]`]];
}

type Happening = { as: "event" | "call" | "step"; text: string };

function stepOf({ as, text }: Happening): string {
  if (as === "step") return text;
  return as === "event" ? `{"events":[${text}]}` : `{"call":${text}}`;
}

/** Every call of the draft. */
export function callsOf(draft: Draft, texts: Texts): Keyed[] {
  const buses = draft.buses.filter((bus) => bus.name !== DEFAULT_BUS);
  return [
    ...buses.map((bus) => ({
      key: null,
      call: { operation: "CreateEventBus", input: { ...bus.extra, Name: bus.name }, ...givenPlace(bus) },
    })),
    ...draft.policies.flatMap((policy) => policyCall(policy, texts)),
    ...draft.rules.flatMap((rule) => ruleCalls(rule, texts)),
    ...draft.calls.map((call) => ({ key: null, call })),
  ];
}

/** A call, and the text that it stems from; null for one that no editor shows. */
export interface Keyed {
  key: FieldKey | null;
  call: ScenarioCall;
}

function policyCall(policy: PolicyDraft, texts: Texts): Keyed[] {
  const text = texts.policy(policy);
  if (!text?.trim()) return [];
  const input = { EventBusName: policy.bus, Policy: text };
  return [{ key: policy.id, call: { operation: "PutPermission", input, ...givenPlace(policy) } }];
}

/** Of hundreds of rules one changes at a time: the calls of the others stay the same objects. */
const made = new WeakMap<RuleDraft, { pattern: string | null; targets: string | null; calls: Keyed[] }>();

/** PutRule, and PutTargets where there are targets. A rule whose pattern was never valid is left out. */
export function ruleCalls(rule: RuleDraft, texts: Texts): Keyed[] {
  const [pattern, targets, known] = [texts.pattern(rule), texts.targets(rule), made.get(rule)];
  if (known && known.pattern === pattern && known.targets === targets) return known.calls;
  const calls = newCalls(rule, pattern, targets);
  made.set(rule, { pattern, targets, calls });
  return calls;
}

function newCalls(rule: RuleDraft, pattern: string | null, list: string | null): Keyed[] {
  if (pattern === null || (pattern.trim() === "" && !("ScheduleExpression" in rule.extra))) return [];
  const input: JsonObject = { ...rule.extra, Name: rule.name, EventBusName: rule.bus };
  if (pattern.trim() !== "") input.EventPattern = pattern;
  if (!rule.enabled) input.State = "DISABLED";
  const place = givenPlace(rule);
  const putRule = { key: patternKey(rule), call: { operation: "PutRule", input, ...place } };
  const targets = parse(list ?? "");
  if (!Array.isArray(targets) || targets.length === 0) return [putRule];
  const put = { Rule: rule.name, EventBusName: rule.bus, Targets: targets };
  return [putRule, { key: targetsKey(rule), call: { operation: "PutTargets", input: put, ...place } }];
}

/** How the event in the editor gets to a bus. */
export function entryOf(text: string, event: EventDraft, draft: Draft): Entry {
  const { via, bus, note, sender } = compose(text, event, draft);
  return { via, bus, note, sender };
}

function compose(text: string, event: EventDraft, draft: Draft): Composed {
  const value = parse(text);
  const sender = homeOf(draft).account;
  if (!isObject(value)) return { ...AS_EMITTED, text, sender };
  if ("DetailType" in value || "Source" in value) return asTyped(text, value, event, draft);
  if (typeof value.source === "string" && value.source.startsWith("aws.")) return { ...AS_EMITTED, text, sender };
  return asPutEvents(text, value, event, draft);
}

const AS_EMITTED = {
  as: "event",
  via: "emit",
  bus: DEFAULT_BUS,
  note: "Sent by an AWS service: its own events always arrive on the default bus.",
} as const;

function asTyped(text: string, value: JsonObject, event: EventDraft, draft: Draft): Composed {
  const bus = typeof value.EventBusName === "string" ? value.EventBusName : DEFAULT_BUS;
  const note = "A PutEvents entry, sent as it stands. EventBridge adds id, time, account and region.";
  const sender = event.from?.account ?? homeOf(draft).account;
  return sentBy(placeOf(event.from ?? {}, draft), text, { via: "put-events", bus, note, sender });
}

function asPutEvents(text: string, value: JsonObject, event: EventDraft, draft: Draft): Composed {
  const entry: JsonObject = { EventBusName: event.bus };
  put(entry, "Source", value.source);
  put(entry, "DetailType", value["detail-type"]);
  put(entry, "Resources", value.resources);
  put(entry, "Time", value.time);
  const detail = memberTexts(text).get("detail");
  if (detail !== undefined) entry.Detail = detail;
  const place = event.from ? placeOf(event.from, draft) : otherPlace(value, draft);
  const sender = place.account ?? homeOf(draft).account;
  const own = busAt(event.bus, place, draft).account === sender;
  const note = own
    ? "Sent by an application with PutEvents. EventBridge gives it its own id, account and region."
    : `Sent with PutEvents by account ${sender} to a bus of another account, whose policy decides.`;
  const how = { via: "put-events", bus: event.bus, note, sender } as const;
  return sentBy(place, JSON.stringify(entry), how);
}

/** An entry; sent from elsewhere, the whole call. */
function sentBy(place: Place, entry: string, how: Entry): Composed {
  if (Object.keys(place).length === 0) return { ...how, as: "event", text: entry };
  const where = JSON.stringify(place).slice(1);
  return { ...how, as: "call", text: `{"operation":"PutEvents","input":{"Entries":[${entry}]},${where}` };
}

function put(entry: JsonObject, name: string, value: Json | undefined): void {
  if (value !== undefined) entry[name] = value;
}

/**
 * The event names another account or region than the scenario's, and the scenario knows it: then its sender is there.
 * Most pasted events name an account that nobody set up; those enter where the rules are.
 */
function otherPlace(value: JsonObject, draft: Draft): Place {
  const { account, region } = value;
  const place = placeOf(
    {
      ...(typeof account === "string" ? { account } : {}),
      ...(typeof region === "string" ? { region } : {}),
    },
    draft,
  );
  return isKnown(place, draft) ? place : {};
}

function isKnown(place: Place, draft: Draft): boolean {
  const names = Object.values(place);
  // Mostly there is none, and hundreds of rules need not be written for it.
  if (names.length === 0) return false;
  const told = JSON.stringify([draft.buses, draft.rules, draft.calls]);
  return names.some((name) => told.includes(name));
}

export function ruleArn(rule: RuleDraft, draft: Draft): string {
  const bus = busAt(rule.bus, rule, draft);
  const name = bus.name === DEFAULT_BUS ? rule.name : `${bus.name}/${rule.name}`;
  return `arn:aws:events:${bus.region}:${bus.account}:rule/${name}`;
}

function givenPlace({ account, region }: Place): Place {
  return { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
}
