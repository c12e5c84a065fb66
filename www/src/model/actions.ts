/**
 * Every change of the page, as data.
 *
 * `reduce` is the only place where a draft or the cursor changes, and it is pure: so undo, links and tests can be built
 * on the list of actions alone.
 */
import type { Json, Scenario, SimulatorOptions } from "../../../src/js/types.js";
import { type BusAt, busArn, busAt, busKey, DEFAULT_BUS, homeOf, placeOf } from "./buses.js";
import { type Draft, type EventDraft, emptyDraft, freshId, fromScenario, newEvent, type RuleDraft } from "./draft.js";
import type { FieldKey } from "./fields.js";
import { itemTexts, layOut, listText, parse, pretty, withMember } from "./json-text.js";
import { allowing, withStatement } from "./policies.js";

/** Where the reader is. */
export interface Cursor {
  /** The example that was opened, by its id, empty for the blank page; null once something of it was changed. */
  example: string | null;
  /** The event that is sent, by its id. */
  event: string;
  /** Whether what stands before that event happens too. */
  together: boolean;
  /** The rule that was looked at last, by its id: the event's editor shows what it misses. */
  rule: string | null;
  /** The bus whose rules are shown, by its key; null for all. */
  bus: string | null;
}

export interface State {
  draft: Draft;
  cursor: Cursor;
  /** From outside: the last valid versions of texts that are broken. */
  held?: ReadonlyMap<FieldKey, string>;
}

export type Action =
  | { type: "open"; scenario: Scenario; example: string | null }
  | { type: "open-empty" }
  | { type: "restore"; state: State }
  | { type: "undo" }
  | { type: "redo" }
  | Move
  | Edit;

/** An option that is undefined is the default again. */
export type OptionsChange = { [Name in keyof SimulatorOptions]: SimulatorOptions[Name] | undefined };

/** What moves the cursor and changes nothing. */
export type Move =
  | { type: "choose-event"; id: string }
  | { type: "play"; together: boolean; id?: string }
  | { type: "look-at-rule"; id: string }
  | { type: "choose-bus"; key: string | null };

export type Edit =
  | { type: "edit-title"; title: string }
  | { type: "edit-options"; change: OptionsChange }
  | { type: "edit-event"; id: string; text: string }
  | { type: "send-to"; id: string; bus: BusAt }
  | { type: "send-as"; id: string; account: string }
  | { type: "add-event"; text: string; kind: EventDraft["kind"] }
  | { type: "try-event"; text: string; bus: BusAt }
  | { type: "remove-event"; id: string }
  | { type: "move-event"; id: string; to: number }
  | { type: "edit-rule"; id: string; change: Partial<Omit<RuleDraft, "id">> }
  | { type: "move-rule"; id: string; bus: BusAt }
  | { type: "add-rule" }
  | { type: "remove-rule"; id: string }
  | { type: "apply-fix"; id: string; pattern: string }
  | { type: "add-target"; id: string; target: Json }
  | { type: "add-bus"; name: string; account?: string; region?: string }
  | { type: "remove-bus"; bus: BusAt }
  | { type: "edit-policy"; id: string; text: string }
  | { type: "add-policy"; bus: BusAt }
  | { type: "allow-account"; bus: BusAt; account: string }
  | { type: "remove-policy"; id: string }
  | { type: "edit-effects"; text: string }
  | { type: "edit-effect"; at: number; member: "when" | "params"; text: string | null }
  | { type: "remove-effect"; at: number }
  | { type: "edit-expect"; text: string }
  | { type: "add-effect"; target: string; preset: string }
  | { type: "land"; state: State };

export function opened(draft: Draft, example: string | null): State {
  // A story of several steps is told to its end.
  const last = draft.events.at(-1);
  const story = draft.events.some((event) => event.kind === "step");
  const event = (story ? last : draft.events[0])?.id ?? "";
  return { draft, cursor: { example, event, together: story, rule: null, bus: null } };
}

export function reduce(state: State, action: Exclude<Action, { type: "undo" | "redo" }>): State {
  switch (action.type) {
    case "open":
      return opened(fromScenario(action.scenario), action.example);
    case "open-empty":
      return opened(emptyDraft(), "");
    case "restore":
      return action.state;
    case "choose-event":
    case "play":
    case "look-at-rule":
    case "choose-bus":
      return moved(state, action);
    case "land":
      return withoutTheirs(state, action.state);
    default: {
      const draft = edit(state, action);
      if (draft === state.draft) return state;
      const next = settled({ draft, cursor: { ...state.cursor, example: null } }, state, action);
      return action.type === "edit-expect" ? next : withoutTheirs(state, next);
    }
  }
}

/** What an example expects is about the example: it goes with the first change. */
function withoutTheirs(before: State, next: State): State {
  const theirs = before.cursor.example !== null && next !== before && next.draft.expect === before.draft.expect;
  return theirs && next.draft.expect !== "" ? { ...next, draft: { ...next.draft, expect: "" } } : next;
}

function moved(state: State, action: Move): State {
  const change = moveOf(action);
  const same = Object.entries(change).every(([name, value]) => state.cursor[name as keyof Cursor] === value);
  return same ? state : { ...state, cursor: { ...state.cursor, ...change } };
}

function moveOf(action: Move): Partial<Cursor> {
  switch (action.type) {
    case "choose-event":
      return { event: action.id };
    case "play":
      return { together: action.together, ...(action.id === undefined ? {} : { event: action.id }) };
    case "look-at-rule":
      return { rule: action.id };
    case "choose-bus":
      return { bus: action.key };
  }
}

/** The cursor after an edit: what was added is looked at, what is gone no longer. */
function settled(state: State, before: State, action: Edit): State {
  const { draft } = state;
  const cursor = { ...state.cursor };
  if (action.type === "add-rule") cursor.rule = draft.rules.at(-1)?.id ?? null;
  if (action.type === "add-event" || action.type === "try-event") {
    cursor.event = draft.events.at(-1)?.id ?? "";
    if (action.type === "try-event") cursor.together = false;
    else if (action.kind === "step") cursor.together = true;
  }
  if (action.type === "move-rule") cursor.bus = null;
  if (action.type === "add-bus" && cursor.bus !== null) {
    const bus = draft.buses.at(-1);
    if (bus) cursor.bus = busKey(busAt(bus.name, bus, draft));
  }
  if (action.type === "remove-bus") cursor.bus = null;
  if (!draft.events.some((event) => event.id === cursor.event)) {
    const at = before.draft.events.findIndex((event) => event.id === cursor.event);
    cursor.event = (draft.events[Math.min(at, draft.events.length - 1)] ?? draft.events[0])?.id ?? "";
  }
  return { draft, cursor };
}

function edit(state: State, action: Exclude<Edit, { type: "land" }>): Draft {
  const { draft } = state;
  switch (action.type) {
    case "edit-title":
      return { ...draft, title: action.title };
    case "edit-options":
      return { ...draft, options: given({ ...draft.options, ...action.change }) };
    case "edit-event":
      return { ...draft, events: changed(draft.events, action.id, { text: action.text }) };
    case "send-to":
    case "send-as":
      return { ...draft, events: draft.events.map((it) => (it.id === action.id ? sent(it, action, draft) : it)) };
    case "add-event":
      return { ...draft, events: [...draft.events, newEvent(action.text, action.kind)] };
    case "try-event":
      return { ...draft, events: [...draft.events, arriving(action.text, action.bus, draft)] };
    case "move-event":
      return withEvents(draft, movedTo(draft.events, action.id, action.to));
    case "remove-event":
      return { ...draft, events: orOne(draft.events.filter((event) => event.id !== action.id)) };
    case "edit-effects":
      return { ...draft, effects: action.text };
    case "edit-effect": {
      const items = itemTexts(draft.effects).map((it, at) =>
        at === action.at ? withMember(it, action.member, action.text) : it,
      );
      return { ...draft, effects: layOut(listText(items)) };
    }
    case "remove-effect": {
      const items = itemTexts(draft.effects).filter((_, at) => at !== action.at);
      return { ...draft, effects: items.length === 0 ? "" : layOut(listText(items)) };
    }
    case "edit-expect":
      return { ...draft, expect: action.text };
    case "add-effect": {
      const effects = appended(draft.effects, effectOf(action.target, action.preset));
      return effects === undefined ? draft : { ...draft, effects };
    }
    default:
      return editWorld(state, action);
  }
}

type WorldEdit = Extract<
  Edit,
  {
    type:
      | "edit-rule"
      | "apply-fix"
      | "move-rule"
      | "add-rule"
      | "remove-rule"
      | "add-target"
      | "add-bus"
      | "remove-bus"
      | PolicyEdit;
  }
>;
type PolicyEdit = "edit-policy" | "add-policy" | "allow-account" | "remove-policy";

function editWorld({ draft, cursor }: State, action: WorldEdit): Draft {
  switch (action.type) {
    case "edit-rule":
      return { ...draft, rules: changed(draft.rules, action.id, action.change) };
    case "apply-fix":
      return { ...draft, rules: changed(draft.rules, action.id, { pattern: action.pattern }) };
    case "move-rule":
      return {
        ...draft,
        rules: draft.rules.map((rule) => (rule.id === action.id ? at(rule, action.bus, draft) : rule)),
      };
    case "add-rule":
      return { ...draft, rules: [...draft.rules, newRule(draft, cursor)] };
    case "remove-rule":
      return { ...draft, rules: draft.rules.filter((rule) => rule.id !== action.id) };
    case "add-target":
      return {
        ...draft,
        rules: draft.rules.map((rule) =>
          rule.id === action.id ? { ...rule, targets: appended(rule.targets, action.target) ?? rule.targets } : rule,
        ),
      };
    case "add-bus": {
      const { name, account, region } = action;
      const place = placeOf({ ...(account ? { account } : {}), ...(region ? { region } : {}) }, draft);
      return { ...draft, buses: [...draft.buses, { id: freshId("bus"), name, extra: {}, ...place }] };
    }
    case "remove-bus": {
      const key = busKey(action.bus);
      const elsewhere = (it: { account?: string; region?: string }, bus: string) =>
        busKey(busAt(bus, it, draft)) !== key;
      return {
        ...draft,
        buses: draft.buses.filter((bus) => elsewhere(bus, bus.name)),
        policies: draft.policies.filter((policy) => elsewhere(policy, policy.bus)),
        rules: draft.rules.filter((rule) => elsewhere(rule, rule.bus)),
      };
    }
    default:
      return editPolicy(draft, action);
  }
}

function editPolicy(draft: Draft, action: Extract<Edit, { type: PolicyEdit }>): Draft {
  switch (action.type) {
    case "edit-policy":
      return { ...draft, policies: changed(draft.policies, action.id, { text: action.text }) };
    case "remove-policy":
      return { ...draft, policies: draft.policies.filter((policy) => policy.id !== action.id) };
    case "add-policy":
      return policed(draft, action.bus, homeOf(draft).account);
    case "allow-account":
      return policed(draft, action.bus, action.account);
  }
}

/** With a statement that lets an account send to the bus. */
function policed(draft: Draft, bus: BusAt, account: string): Draft {
  const held = draft.policies.find((policy) => busKey(busAt(policy.bus, policy, draft)) === busKey(bus));
  const statement = allowing(account, bus, account === "*" ? "everybody" : `account-${account}`);
  const text = withStatement(held?.text ?? "", statement);
  if (text === undefined) return draft;
  if (held) return { ...draft, policies: changed(draft.policies, held.id, { text }) };
  const policy = { id: freshId("policy"), bus: bus.name, text, ...placeOf(bus, draft) };
  return { ...draft, policies: [...draft.policies, policy] };
}

function changed<T extends { id: string }>(list: T[], id: string, change: Partial<NoInfer<T>>): T[] {
  return list.map((item) => (item.id === id ? { ...item, ...change } : item));
}

function withEvents(draft: Draft, events: EventDraft[]): Draft {
  return events === draft.events ? draft : { ...draft, events };
}

/** With one item at another place; the same list where it is there already. */
function movedTo<T extends { id: string }>(list: T[], id: string, to: number): T[] {
  const item = list.find((it) => it.id === id);
  if (!item || list.indexOf(item) === to) return list;
  const others = list.filter((it) => it !== item);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** A preset, or without one an event to begin from. */
function effectOf(target: string, preset: string): Json {
  if (preset !== "") return { target, preset };
  return { target, emits: [{ Source: "my.app", DetailType: "Work Done", Detail: { about: "<$.id>" } }] };
}

/** One value more in a list that is held as text; nothing where the text is no list. */
function appended(text: string, value: Json): string | undefined {
  const list = parse(text.trim() === "" ? "[]" : text);
  return Array.isArray(list) ? pretty([...list, value]) : undefined;
}

function orOne(events: EventDraft[]): EventDraft[] {
  return events.length > 0 ? events : [newEvent("")];
}

function given(options: OptionsChange): SimulatorOptions {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(entries) as SimulatorOptions;
}

/** The rule on another bus. */
function at(rule: RuleDraft, bus: BusAt, draft: Draft): RuleDraft {
  const { account: _a, region: _r, ...rest } = rule;
  return { ...rest, bus: bus.name, ...placeOf(bus, draft) };
}

/** Who sends the event, and where to. PutEvents is called in the region of the bus; a bus of another account has an ARN. */
function sent(event: EventDraft, action: Extract<Edit, { type: "send-to" | "send-as" }>, draft: Draft): EventDraft {
  const before = busAt(event.bus, event.from ?? {}, draft);
  const sender = event.from?.account ?? homeOf(draft).account;
  const bus = action.type === "send-to" ? action.bus : before;
  // Somebody who sends to a bus of their own goes on doing so.
  const local = action.type === "send-to" && sender === before.account;
  const account = action.type === "send-as" ? action.account : local ? bus.account : sender;
  const { from: _, ...rest } = event;
  const from = { account, region: bus.region };
  return { ...rest, bus: bus.account === account ? bus.name : busArn(bus), from };
}

/** An event that somebody of the bus's own account sends to it. */
function arriving(text: string, bus: BusAt, draft: Draft): EventDraft {
  const from = placeOf(bus, draft);
  return { ...newEvent(text), bus: bus.name, ...(Object.keys(from).length > 0 ? { from } : {}) };
}

/** On the chosen bus, else beside the rule that is looked at. */
function newRule(draft: Draft, cursor: Cursor): RuleDraft {
  const beside = draft.rules.find((rule) => rule.id === cursor.rule);
  const chosen = cursor.bus ?? (beside && busKey(busAt(beside.bus, beside, draft)));
  const taken = new Set(draft.rules.map((rule) => rule.name));
  let number = draft.rules.length + 1;
  while (taken.has(`rule-${number}`)) number += 1;
  const name = `rule-${number}`;
  const home = homeOf(draft);
  const [account = home.account, region = home.region, bus = DEFAULT_BUS] = chosen?.split("/") ?? [];
  return {
    id: freshId("rule"),
    name,
    bus,
    enabled: true,
    pattern: '{\n  "source": [{ "prefix": "" }]\n}',
    targets: `[\n  { "Id": "${name}-target", "Arn": "arn:aws:sqs:${region}:${account}:${name}" }\n]`,
    extra: {},
    ...placeOf({ account, region }, draft),
  };
}
