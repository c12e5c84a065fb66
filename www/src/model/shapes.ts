/**
 * Scenarios and drafts from outside: a file, a link, what the browser kept.
 *
 * Whatever comes in is looked at member by member before anything uses it: only members that are known, of the type they
 * have, within bounds. What a scenario means is the engine's to judge; here it is only made sure that the page can hold it.
 */
import type { Json, Scenario, SimulatorOptions } from "../../../src/js/types.js";
import type { State } from "./actions.js";
import type { Place } from "./buses.js";
import {
  type BusDraft,
  type Draft,
  type EventDraft,
  freshId,
  newEvent,
  type PolicyDraft,
  type RuleDraft,
} from "./draft.js";
import { EFFECTS_KEY, EXPECT_KEY, type FieldKey, patternKey, targetsKey } from "./fields.js";
import { isObject, type JsonObject, parse } from "./json-text.js";

/** More rules, buses, events or calls than this are not opened. */
const MOST = 1000;

/** The scenario, or what is wrong with it: "its `calls` are no list". */
export function checkedScenario(value: Json): Scenario | string {
  if (!isObject(value)) return "it is no JSON object";
  if (value.version !== 1) return "its `version` is not 1";
  if (!isList(value.calls) || !value.calls.every(isCall)) {
    return `its \`calls\` are no list of at most ${MOST} objects with \`operation\` and \`input\``;
  }
  for (const name of ["events", "effects", "handlers"]) {
    if (value[name] !== undefined && !isList(value[name])) return `its \`${name}\` are no list of at most ${MOST}`;
  }
  if (value.handlers !== undefined && !(value.handlers as Json[]).every(isHandler)) {
    return "one of its `handlers` has no `target` or no `answers`";
  }
  if (value.steps !== undefined && !(isList(value.steps) && value.steps.every(isStep))) {
    return "one of its `steps` is no object, or its `events` are no list";
  }
  for (const name of ["title", "description"]) {
    if (value[name] !== undefined && typeof value[name] !== "string") return `its \`${name}\` is no text`;
  }
  for (const name of ["options", "expect"]) {
    if (value[name] !== undefined && !isObject(value[name])) return `its \`${name}\` are no object`;
  }
  return { ...value, ...(isObject(value.options) ? { options: optionsOf(value.options) } : {}) } as unknown as Scenario;
}

function isList(value: Json | undefined): value is Json[] {
  return Array.isArray(value) && value.length <= MOST;
}

function isCall(value: Json | undefined): boolean {
  if (!isObject(value) || typeof value.operation !== "string" || !isObject(value.input)) return false;
  return [value.account, value.region].every((it) => it === undefined || typeof it === "string");
}

function isHandler(value: Json): boolean {
  return isObject(value) && typeof value.target === "string" && isList(value.answers);
}

function isStep(value: Json): boolean {
  if (!isObject(value)) return false;
  if ("call" in value) return isCall(value.call);
  return !("events" in value) || isList(value.events);
}

/** What each option is; the compiler holds the list complete. */
const OPTIONS: Record<keyof SimulatorOptions, (value: Json | undefined) => boolean> = {
  account: (value) => typeof value === "string",
  region: (value) => typeof value === "string",
  now: (value) => typeof value === "string",
  seed: (value) => typeof value === "number",
  maxChain: (value) => typeof value === "number",
  maxFirings: (value) => typeof value === "number",
  maxRecord: (value) => typeof value === "number",
  clock: (value) => typeof value === "string",
  strict: (value) => typeof value === "boolean",
  resources: isObject,
  organizations: isObject,
  delays: (value) => typeof value === "string",
  quotas: isObject,
};

/** The options that there are, where they are of the right kind; whether their values are allowed, the engine says. */
function optionsOf(value: JsonObject): SimulatorOptions {
  const kept = Object.entries(value).filter(
    ([name, it]) => Object.hasOwn(OPTIONS, name) && OPTIONS[name as keyof SimulatorOptions](it),
  );
  return Object.fromEntries(kept) as SimulatorOptions;
}

/**
 * The state as JSON text. Texts in editors are kept as they are, broken ones too, and with those (`good...`) the last valid
 * version that stands in, as far as `fields` know it. `page` is the version of this form.
 */
export function written({ draft, cursor }: State, fields: ReadonlyMap<FieldKey, { good: string | null }>): string {
  /** The last valid version, where it is another. */
  const good = (name: string, key: FieldKey, text: string): { [name: string]: string } => {
    const held = fields.get(key)?.good ?? text;
    return held === text ? {} : { [name]: held };
  };
  const at = (list: { id: string }[], id: string | null): number => list.findIndex((it) => it.id === id);
  const { buses, policies, rules, events, ...rest } = draft;
  const { example, together, bus } = cursor;
  const kept = {
    ...rest,
    buses: buses.map(nameless),
    policies: policies.map((it) => ({ ...nameless(it), ...good("good", it.id, it.text) })),
    rules: rules.map((it) => ({
      ...nameless(it),
      ...good("goodPattern", patternKey(it), it.pattern),
      ...good("goodTargets", targetsKey(it), it.targets),
    })),
    events: events.map((it) => ({ ...nameless(it), ...good("good", it.id, it.text) })),
    ...good("goodEffects", EFFECTS_KEY, rest.effects),
    ...good("goodExpect", EXPECT_KEY, rest.expect),
  };
  const where = { example, together, bus, event: at(events, cursor.event), rule: at(rules, cursor.rule) };
  return JSON.stringify({ page: 1, draft: kept, cursor: where });
}

/** Ids are of this page only. */
function nameless<T extends { id: string }>({ id: _, ...rest }: T): Omit<T, "id"> {
  return rest;
}

/** The state that was written, or what is wrong with it. */
export function read(value: Json | undefined): State | string {
  if (!isObject(value) || value.page !== 1 || !isObject(value.draft)) return "it is of no form that this page knows";
  const { draft: kept } = value;
  const lists = [kept.buses, kept.policies, kept.rules, kept.events, kept.calls, kept.handlers];
  if (!lists.every(isList)) return `a list is missing or longer than ${MOST}`;
  const [buses = [], policies = [], rules = [], events = [], calls = [], handlers = []] = lists as Json[][];
  if (!calls.every(isCall) || !handlers.every(isHandler)) return "a call or a handler is not of the right shape";
  const held = new Map<FieldKey, string>();
  /** Whatever is said to be valid is at least JSON. */
  const hold = (key: FieldKey, text: Json | undefined): void => {
    if (typeof text === "string" && parse(text) !== undefined) held.set(key, text);
  };
  const draft: Draft = {
    title: textOr(kept.title, "Untitled"),
    description: textOr(kept.description, ""),
    options: isObject(kept.options) ? optionsOf(kept.options) : {},
    buses: buses.filter(isObject).map(bus),
    policies: policies.filter(isObject).map((it) => {
      const found = policy(it);
      hold(found.id, it.good);
      return found;
    }),
    rules: rules.filter(isObject).map((it) => {
      const found = rule(it);
      hold(patternKey(found), it.goodPattern);
      hold(targetsKey(found), it.goodTargets);
      return found;
    }),
    effects: textOr(kept.effects, ""),
    expect: textOr(kept.expect, ""),
    handlers: handlers as unknown as Draft["handlers"],
    calls: calls as unknown as Draft["calls"],
    events: events.filter(isObject).map((it) => {
      const found = event(it);
      hold(found.id, it.good);
      return found;
    }),
  };
  hold(EFFECTS_KEY, kept.goodEffects);
  hold(EXPECT_KEY, kept.goodExpect);
  if (draft.events.length === 0) draft.events.push(newEvent(""));
  const cursor = isObject(value.cursor) ? value.cursor : {};
  const nth = (list: { id: string }[], at: Json | undefined): string | undefined =>
    typeof at === "number" ? list[at]?.id : undefined;
  return {
    draft,
    cursor: {
      example: typeof cursor.example === "string" ? cursor.example : null,
      event: nth(draft.events, cursor.event) ?? draft.events[0]?.id ?? "",
      together: cursor.together === true,
      rule: nth(draft.rules, cursor.rule) ?? null,
      bus: typeof cursor.bus === "string" ? cursor.bus : null,
    },
    ...(held.size > 0 ? { held } : {}),
  };
}

function bus(kept: JsonObject): BusDraft {
  const extra = isObject(kept.extra) ? kept.extra : {};
  return { id: freshId("bus"), name: textOr(kept.name, ""), extra, ...placeIn(kept) };
}

function policy(kept: JsonObject): PolicyDraft {
  return { id: freshId("policy"), bus: textOr(kept.bus, "default"), text: textOr(kept.text, ""), ...placeIn(kept) };
}

function rule(kept: JsonObject): RuleDraft {
  return {
    id: freshId("rule"),
    name: textOr(kept.name, ""),
    bus: textOr(kept.bus, "default"),
    enabled: kept.enabled !== false,
    pattern: textOr(kept.pattern, ""),
    targets: textOr(kept.targets, ""),
    extra: isObject(kept.extra) ? kept.extra : {},
    ...placeIn(kept),
  };
}

function event(kept: JsonObject): EventDraft {
  return {
    id: freshId("event"),
    kind: kept.kind === "step" ? "step" : "event",
    text: textOr(kept.text, ""),
    bus: textOr(kept.bus, "default"),
    ...(isObject(kept.from) ? { from: placeIn(kept.from) } : {}),
  };
}

function textOr(value: Json | undefined, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function placeIn({ account, region }: JsonObject): Place {
  return {
    ...(typeof account === "string" ? { account } : {}),
    ...(typeof region === "string" ? { region } : {}),
  };
}
