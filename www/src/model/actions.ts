/**
 * Every change of the page, as data.
 *
 * `reduce` is the only place where a draft or the cursor changes, and it is pure: so undo, links and tests can be built
 * on the list of actions alone.
 */
import type { Scenario } from "../../../src/js/types.js";
import { DEFAULT_BUS, type Draft, emptyDraft, freshId, fromScenario, type RuleDraft } from "./draft.js";
import { parse, pretty } from "./json-text.js";

/** Where the reader is. */
export interface Cursor {
  /** The example that was opened, by its id. */
  example: string | null;
  /** The event that is sent, by its id. */
  event: string;
  /** The rule that was looked at last, by its id: the event's editor shows what it misses. */
  rule: string | null;
}

export interface State {
  draft: Draft;
  cursor: Cursor;
}

export type Action =
  | { type: "open"; scenario: Scenario; example: string | null }
  | { type: "open-empty" }
  | { type: "edit-event"; id: string; text: string }
  | { type: "choose-event"; id: string }
  | { type: "look-at-rule"; id: string }
  | { type: "send-to"; id: string; bus: string }
  | { type: "edit-rule"; id: string; change: Partial<Omit<RuleDraft, "id">> }
  | { type: "add-rule" }
  | { type: "remove-rule"; id: string }
  | { type: "add-bus"; name: string }
  | { type: "remove-bus"; id: string }
  | { type: "edit-effects"; text: string }
  | { type: "add-effect"; target: string; preset: string };

export function opened(draft: Draft, example: string | null): State {
  return { draft, cursor: { example, event: draft.events[0]?.id ?? "", rule: null } };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "open":
      return opened(fromScenario(action.scenario), action.example);
    case "open-empty":
      return opened(emptyDraft(), null);
    case "choose-event":
      return { ...state, cursor: { ...state.cursor, event: action.id } };
    case "look-at-rule":
      return state.cursor.rule === action.id ? state : { ...state, cursor: { ...state.cursor, rule: action.id } };
    default:
      return { ...state, draft: edit(state.draft, action) };
  }
}

type Edit = Exclude<Action, { type: "open" | "open-empty" | "choose-event" | "look-at-rule" }>;

function edit(draft: Draft, action: Edit): Draft {
  switch (action.type) {
    case "edit-event":
      return { ...draft, events: changed(draft.events, action.id, { text: action.text }) };
    case "send-to":
      return { ...draft, events: changed(draft.events, action.id, { bus: action.bus }) };
    case "edit-rule":
      return { ...draft, rules: changed(draft.rules, action.id, action.change) };
    case "add-rule":
      return { ...draft, rules: [...draft.rules, newRule(draft)] };
    case "remove-rule":
      return { ...draft, rules: draft.rules.filter((rule) => rule.id !== action.id) };
    case "add-bus":
      return { ...draft, buses: [...draft.buses, { id: freshId("bus"), name: action.name }] };
    case "remove-bus":
      return { ...draft, buses: draft.buses.filter((bus) => bus.id !== action.id) };
    case "edit-effects":
      return { ...draft, effects: action.text };
    case "add-effect": {
      const list = parse(draft.effects.trim() === "" ? "[]" : draft.effects);
      if (!Array.isArray(list)) return draft;
      return { ...draft, effects: pretty([...list, { target: action.target, preset: action.preset }]) };
    }
  }
}

function changed<T extends { id: string }>(list: T[], id: string, change: Partial<NoInfer<T>>): T[] {
  return list.map((item) => (item.id === id ? { ...item, ...change } : item));
}

function newRule(draft: Draft): RuleDraft {
  const taken = new Set(draft.rules.map((rule) => rule.name));
  let number = draft.rules.length + 1;
  while (taken.has(`rule-${number}`)) number += 1;
  const name = `rule-${number}`;
  return {
    id: freshId("rule"),
    name,
    bus: DEFAULT_BUS,
    enabled: true,
    pattern: '{\n  "source": [{ "prefix": "" }]\n}',
    targets: `[\n  { "Id": "${name}-target", "Arn": "arn:aws:sqs:us-east-1:123456789012:${name}" }\n]`,
    extra: {},
  };
}
