/**
 * What can stand where the cursor is in a pattern: the name of a field, `$or`, or the name of an operator.
 *
 * Names are all that is suggested. A half-typed pattern is no JSON, so its tokens are walked with a stack of what is open;
 * a string ends at its line's end, or one missing quote would turn the rest inside out. In a pattern a list holds
 * leaves and an object in it is an operator, except in the list of `$or`, where an object is a pattern again.
 */
import type { EventEnvelope, Json } from "../../../src/js/types.js";
import { isObject } from "./json-text.js";

export interface Suggestion {
  name: string;
  about: string;
  /** What comes behind the name where nothing stands there yet; `|` is where the cursor goes. */
  value: string;
}

export interface Suggestions {
  /** The name as far as it is there, without its quotes. */
  from: number;
  to: number;
  /** Whether the name has its opening and its closing quote. */
  opened: boolean;
  closed: boolean;
  /** Whether a colon follows, and so a value. */
  valued: boolean;
  list: Suggestion[];
}

/** What can stand at a place of a text. */
export type Suggest = (text: string, at: number) => Suggestions | undefined;

/** More names than this are not read. */
const MOST = 200;

const TEXT_TESTS: Suggestion[] = [
  { name: "prefix", about: "a string that begins so", value: '"|"' },
  { name: "suffix", about: "a string that ends so", value: '"|"' },
  { name: "equals-ignore-case", about: "this string in any case", value: '"|"' },
  { name: "wildcard", about: "* is any run of characters", value: '"|"' },
];
const OPERATORS: Suggestion[] = [
  ...TEXT_TESTS,
  { name: "anything-but", about: "a value that is none of these", value: "[|]" },
  { name: "numeric", about: "a number in a range", value: '[">", |]' },
  { name: "exists", about: "any value (true), or none (false)", value: "true|" },
  { name: "cidr", about: "an address in a network", value: '"|"' },
  { name: "exactly", about: "this string, never another spelling", value: '"|"' },
];
const ANY_CASE = OPERATORS.filter(({ name }) => name === "equals-ignore-case");
const OR: Suggestion = { name: "$or", about: "one of these must match", value: "[{ | }, {}]" };
const ENVELOPE: Record<string, Json> = {
  source: "",
  detail: {},
  "detail-type": "",
  resources: [],
  account: "",
  region: "",
  time: "",
  id: "",
  version: "",
};

/** `event`, as the rules see it, is what the names of fields are taken from. */
export function suggestionsAt(text: string, at: number, event: EventEnvelope | undefined): Suggestions | undefined {
  const place = placeAt(text, at);
  if (!place) return undefined;
  const { taken, steps, ...rest } = place;
  const list = candidates(steps, taken, event).filter(({ name }) => !taken.has(name));
  return list.length === 0 ? undefined : { ...rest, list: list.slice(0, MOST) };
}

/** From the outside in: a name whose object is entered, or a list that is. */
type Step = { name: string } | "list";

function candidates(steps: Step[], taken: Set<string>, event: EventEnvelope | undefined): Suggestion[] {
  const path: string[] = [];
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at];
    if (step === undefined || step === "list") return [];
    if (steps[at + 1] !== "list") path.push(...step.name.split("."));
    else if (step.name === "$or") at += 1;
    // An operator's object has one member.
    else return taken.size === 0 ? operators(steps.slice(at + 2)) : [];
  }
  return [...fields(path, event), OR];
}

/** `inside`: the operators already entered. */
function operators(inside: Step[]): Suggestion[] {
  const [outer, ...deeper] = inside;
  if (outer === undefined) return OPERATORS;
  if (outer === "list" || deeper.length > 0) return [];
  if (outer.name === "anything-but") return TEXT_TESTS;
  return outer.name === "prefix" || outer.name === "suffix" ? ANY_CASE : [];
}

function fields(path: string[], event: EventEnvelope | undefined): Suggestion[] {
  let holders: Json[] = event === undefined ? [] : [{ ...event }];
  for (const name of path)
    holders = elements(holders).flatMap((it) => (Object.hasOwn(it, name) ? [it[name] ?? null] : []));
  const found = new Map<string, Json>(path.length === 0 ? Object.entries(ENVELOPE) : []);
  for (const holder of elements(holders)) {
    for (const [name, value] of Object.entries(holder)) if (found.size < MOST) found.set(name, value);
  }
  return [...found].map(([name, value]) => {
    const holds = elements([value]).length > 0 || (isObject(value) && Object.keys(value).length === 0);
    return { name, about: aboutField(value), value: holds ? "{ | }" : typeof value === "string" ? '["|"]' : "[|]" };
  });
}

/** The objects among values, those in lists of objects included, as a pattern sees through lists. */
function elements(values: Json[]): { [name: string]: Json }[] {
  return values.flat(3).slice(0, MOST).filter(isObject);
}

function aboutField(value: Json): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value);
  if (text === '""') return "";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

interface Open {
  kind: "object" | "list";
  /** The member that the cursor or an inner object belongs to. */
  name: string;
  /** Whether a name comes next, not a value. */
  naming: boolean;
  names: Set<string>;
}

interface Place extends Omit<Suggestions, "list"> {
  steps: Step[];
  /** The other names of the same object. */
  taken: Set<string>;
}

const TOKEN = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The name that the cursor is in, or may begin; nothing where no name can stand. */
function placeAt(text: string, at: number): Place | undefined {
  const open: Open[] = [];
  let place: Place | undefined;
  let depth = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const end = match.index + token.length;
    if (!place && end >= at && !(end === at && isWhole(token))) {
      const touched = match.index < at;
      place = found(open, text, at, touched ? { token, start: match.index } : undefined);
      if (!place) return undefined;
      depth = open.length;
      if (touched) continue;
    }
    take(open, token);
    if (place && open.length < depth) return place;
  }
  return place ?? found(open, text, at, undefined);
}

/** Whether the cursor behind it is outside: a name without its closing quote goes on. */
function isWhole(token: string): boolean {
  return token.length > 1 ? token.startsWith('"') && token.endsWith('"') : token !== '"';
}

function take(open: Open[], token: string): void {
  const top = open.at(-1);
  if (token === "{" || token === "[") {
    open.push({ kind: token === "{" ? "object" : "list", name: "", naming: token === "{", names: new Set() });
  } else if (token === "}" || token === "]") open.pop();
  else if (top?.kind !== "object") return;
  else if (token === ":") top.naming = false;
  else if (token === ",") top.naming = true;
  else if (top.naming && token.startsWith('"')) {
    top.name = nameOf(token);
    top.names.add(top.name);
  }
}

function nameOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1);
  }
}

function found(open: Open[], text: string, at: number, under: { token: string; start: number } | undefined) {
  const top = open.at(-1);
  if (top?.kind !== "object" || !top.naming) return undefined;
  const opened = under?.token.startsWith('"') ?? false;
  if (under && !opened) return undefined;
  const closed = opened && under !== undefined && under.token.length > 1 && under.token.endsWith('"');
  const from = under ? under.start + 1 : at;
  const to = closed && under ? under.start + under.token.length - 1 : at;
  const valued = /^\s*:/.test(text.slice(closed ? to + 1 : to, to + 100));
  const steps = open.slice(0, -1).flatMap((it): Step[] => (it.kind === "list" ? ["list"] : [{ name: it.name }]));
  return { from, to, opened, closed, valued, steps, taken: top.names } satisfies Place;
}
