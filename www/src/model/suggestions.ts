/**
 * What can stand where the cursor is in a pattern: the name of a field, `$or`, the name of an operator, or a value that the
 * event has there.
 *
 * A half-typed pattern is no JSON, so its tokens are walked with a stack of what is open;
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
  /** The name is a value as it is written, without quotes: a number, `true`. */
  bare?: boolean;
}

export interface Suggestions {
  /** The name as far as it is there, without its quotes. */
  from: number;
  to: number;
  /** Whether the name has its opening and its closing quote. */
  opened: boolean;
  closed: boolean;
  /** Whether a value follows already, or none can. */
  valued: boolean;
  list: Suggestion[];
}

/** What can stand at a place of a text. */
export type Suggest = (text: string, at: number, suggestions: typeof suggestionsAt) => Suggestions | undefined;

/** More names than this are not read. */
const MOST = 200;
/** A value longer than this is not suggested. */
const LONGEST = 200;

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
  const { taken, steps, naming, ...rest } = place;
  const list = naming
    ? candidates(steps, taken, event).filter(({ name }) => !taken.has(name))
    : values(steps, event).filter(({ bare }) => !(bare && rest.opened));
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

/** What the event has where these steps lead, for a leaf array or for an operator that takes a text. */
function values(steps: Step[], event: EventEnvelope | undefined): Suggestion[] {
  const path: string[] = [];
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at];
    if (step === undefined || step === "list") return [];
    if (steps[at + 1] !== "list") path.push(...step.name.split("."));
    else if (step.name === "$or") at += 1;
    else {
      const found = valuesAt([...path, ...step.name.split(".")], event);
      const wanted = tested(steps.slice(at + 2));
      return wanted === "any" ? found : wanted === "texts" ? found.filter(({ bare }) => !bare) : [];
    }
  }
  return [];
}

/** What can stand behind the operators already entered. */
function tested(inside: Step[]): "any" | "texts" | "none" {
  const [outer, ...deeper] = inside;
  if (outer === undefined) return "any";
  if (outer === "list") return "none";
  if (outer.name === "anything-but") {
    const [next, ...more] = deeper;
    if (next === undefined || (next === "list" && more.length === 0)) return "any";
    return next !== "list" && more.every((it) => it === "list") ? "texts" : "none";
  }
  const texts = outer.name === "exactly" || TEXT_TESTS.some(({ name }) => name === outer.name);
  return texts && deeper.every((it) => it !== "list") ? "texts" : "none";
}

function valuesAt(path: string[], event: EventEnvelope | undefined): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const value of reached(path, event).flat(3).slice(0, MOST)) {
    const bare = typeof value !== "string";
    if (isObject(value) || Array.isArray(value) || (!bare && value.length > LONGEST)) continue;
    const name = bare ? JSON.stringify(value) : value;
    found.set(JSON.stringify(value), { name, about: "in the event", value: "", ...(bare ? { bare } : {}) });
  }
  return [...found.values()];
}

/** The values at a path of the event, as a pattern sees through lists. */
function reached(path: string[], event: EventEnvelope | undefined): Json[] {
  let holders: Json[] = event === undefined ? [] : [{ ...event }];
  for (const name of path)
    holders = elements(holders).flatMap((it) => (Object.hasOwn(it, name) ? [it[name] ?? null] : []));
  return holders;
}

function fields(path: string[], event: EventEnvelope | undefined): Suggestion[] {
  const holders = reached(path, event);
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
  /** Whether a name stands here, not a value. */
  naming: boolean;
}

const TOKEN = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The name or value that the cursor is in, or may begin; nothing where neither can stand. */
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
  const opened = under?.token.startsWith('"') ?? false;
  if (!top || (under && !opened)) return undefined;
  const naming = top.kind === "object" && top.naming;
  const closed = opened && under !== undefined && under.token.length > 1 && under.token.endsWith('"');
  const from = under ? under.start + 1 : at;
  const to = closed && under ? under.start + under.token.length - 1 : at;
  const valued = !naming || /^\s*:/.test(text.slice(closed ? to + 1 : to, to + 100));
  const entered = naming ? open.slice(0, -1) : open;
  const steps = entered.map((it): Step => (it.kind === "list" ? "list" : { name: it.name }));
  return { from, to, opened, closed, valued, steps, taken: top.names, naming } satisfies Place;
}
