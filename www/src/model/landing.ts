/**
 * Where a pasted thing goes.
 *
 * As long as an example is as it was opened, rules that are pasted take the place of its rules: nobody who brings rules
 * wants the example's beside them. After that they are added, or take the place of the rule of the same name. Events take
 * the place of the event that is looked at, targets and a pattern go to the rule that is.
 */
import type { Cursor, State } from "./actions.js";
import { opened } from "./actions.js";
import { type BusAt, busAt, busesOf, busKey, DEFAULT_BUS, homeOf, type Place, placeOf } from "./buses.js";
import { type Draft, freshId, fromScenario, newEvent, openEvent, openRule, type RuleDraft } from "./draft.js";
import { isObject, pretty } from "./json-text.js";
import type { Part, PastedRule } from "./recognise.js";

/** The state with the parts in it, and in words where they are. */
export function land(state: State, parts: Part[]): { state: State; where: string } {
  let next = state;
  const where: string[] = [];
  for (const part of parts) {
    const landed = landOne(next, part);
    next = landed.state;
    where.push(landed.where);
  }
  if (next.draft !== state.draft) next = { ...next, cursor: { ...next.cursor, example: null } };
  return { state: next, where: where.join(", and ") };
}

interface Landed {
  state: State;
  where: string;
}

function landOne(state: State, part: Part): Landed {
  switch (part.kind) {
    case "scenario":
      return { state: opened(fromScenario(part.scenario), null), where: "opened" };
    case "events":
      return events(state, part.texts);
    case "pattern":
      return pattern(state, part.text);
    case "rules":
      return rules(state, part.rules);
    case "targets":
      return targets(state, part.text, part.rule);
    case "effects":
      return changed(state, { effects: part.text }, "now what targets do");
    case "policy":
      return policy(state, chosenBus(state), part.text);
    case "bus":
      return bus(state, part);
  }
}

function changed(state: State, draft: Partial<Draft>, where: string, cursor: Partial<Cursor> = {}): Landed {
  return { state: { draft: { ...state.draft, ...draft }, cursor: { ...state.cursor, ...cursor } }, where };
}

/** One event replaces the one that is looked at; several replace them all. */
function events(state: State, texts: string[]): Landed {
  const { draft, cursor } = state;
  const pasted = texts.map((text) => {
    const value: unknown = JSON.parse(text);
    const entry = openEvent(value as Parameters<typeof openEvent>[0]);
    // An entry is shown as the envelope that rules see; an envelope stays as it was written.
    return isObject(value as never) && "DetailType" in (value as object) ? entry : newEvent(text.trim());
  });
  const [first] = pasted;
  if (!first) return { state, where: "nothing in it" };
  const at = draft.events.findIndex((event) => event.id === cursor.event);
  const held = draft.events[at];
  if (pasted.length > 1 || !held) {
    return changed(state, { events: pasted }, "in place of the events before", { event: first.id, together: false });
  }
  const bus = first.bus === DEFAULT_BUS && held.kind === "event" ? { bus: held.bus } : {};
  const from = held.from === undefined ? {} : { from: held.from };
  const event = { ...first, ...bus, ...from };
  return changed(state, { events: draft.events.with(at, event) }, "now in the event editor", { event: event.id });
}

function pattern(state: State, text: string): Landed {
  const { draft, cursor } = state;
  const [only, ...others] = draft.rules;
  const rule = draft.rules.find((it) => it.id === cursor.rule) ?? (others.length === 0 ? only : undefined);
  if (rule && cursor.example === null) {
    const list = draft.rules.map((it) => (it === rule ? { ...rule, pattern: text } : it));
    return changed(state, { rules: list }, `now the pattern of rule ${rule.name}`);
  }
  const taken = state.cursor.example === null ? draft.rules.map((it) => it.name) : [];
  let name = "my-rule";
  for (let number = 2; taken.includes(name); number += 1) name = `my-rule-${number}`;
  const home = homeOf(draft);
  const target = { Id: "my-function", Arn: `arn:aws:lambda:${home.region}:${home.account}:function:my-function` };
  return rules(state, [{ name, input: { EventPattern: text, Targets: [target] }, place: {} }]);
}

function rules(state: State, pasted: PastedRule[]): Landed {
  const start = state.cursor.example === null ? state : cleared(state, pasted[0]?.place ?? {});
  const draft = { ...start.draft, rules: [...start.draft.rules], buses: [...start.draft.buses] };
  for (const [at, item] of pasted.entries()) {
    const rule = placed(draft, item, at);
    const same = draft.rules.findIndex((it) => it.name === rule.name && key(it, draft) === key(rule, draft));
    if (same < 0) draft.rules.push(rule);
    else draft.rules[same] = { ...rule, targets: rule.targets || (draft.rules[same]?.targets ?? "") };
    addBus(draft, busAt(rule.bus, rule, draft));
  }
  const many = pasted.length > 1;
  const where =
    start === state
      ? `${many ? "are" : "is"} now among the rules`
      : `in place of the example's ${many ? "rules" : "rule"}`;
  const cursor = { rule: many ? null : (draft.rules.at(-1)?.id ?? null), bus: null };
  return { state: { draft, cursor: { ...start.cursor, ...cursor } }, where };
}

/** The example's events in an empty world, which is where the pasted rules are. */
function cleared({ draft, cursor }: State, place: Place): State {
  const events = draft.events
    .filter((event) => event.kind === "event")
    .map(({ from: _, ...event }) => ({ ...event, bus: DEFAULT_BUS }));
  return {
    draft: {
      ...draft,
      title: "Pasted rules",
      description: "Your rules, and the example's event until you paste your own.",
      options: { ...draft.options, ...place },
      buses: [],
      policies: [],
      rules: [],
      effects: "",
      handlers: [],
      calls: [],
      events: events.length > 0 ? events : [newEvent("")],
    },
    cursor: { ...cursor, example: null, event: events[0]?.id ?? "", together: false, bus: null },
  };
}

/** As the draft holds it. A place that nothing else in the draft is at would only keep events away. */
function placed(draft: Draft, { name, input, place }: PastedRule, at: number): RuleDraft {
  const { Targets, ...rest } = input;
  const known = busesOf(draft).some((bus) => bus.account === place.account && bus.region === place.region);
  const rule = openRule(known ? placeOf(place, draft) : {}, rest, name || `pasted-${at + 1}`);
  const bus = busAt(rule.bus, rule, draft);
  const here = known || busesOf(draft).some((it) => busKey(it) === busKey(bus));
  return {
    ...rule,
    ...(here ? {} : { bus: bus.name }),
    targets: Array.isArray(Targets) ? pretty(Targets) : "",
  };
}

function addBus(draft: Draft, bus: BusAt): void {
  const there = draft.buses.some((it) => busKey(busAt(it.name, it, draft)) === busKey(bus));
  if (bus.name === DEFAULT_BUS || there) return;
  draft.buses.push({ id: freshId("bus"), name: bus.name, extra: {}, ...placeOf(bus, draft) });
}

const key = (rule: RuleDraft, draft: Draft): string => busKey(busAt(rule.bus, rule, draft));

function targets(state: State, text: string, name: string | null): Landed {
  const { draft, cursor } = state;
  const [only, ...others] = draft.rules;
  const rule =
    draft.rules.find((it) => it.name === name) ??
    draft.rules.find((it) => it.id === cursor.rule) ??
    (others.length === 0 ? only : undefined);
  if (!rule) return { state, where: "but no rule is chosen: click into the rule they belong to, and paste again" };
  const list = draft.rules.map((it) => (it === rule ? { ...rule, targets: text } : it));
  return changed(state, { rules: list }, `now the targets of rule ${rule.name}`);
}

function chosenBus({ draft, cursor }: State): BusAt {
  const buses = busesOf(draft);
  const chosen = buses.find((bus) => busKey(bus) === cursor.bus);
  return chosen ?? buses.find((bus) => bus.name !== DEFAULT_BUS) ?? busAt(DEFAULT_BUS, {}, draft);
}

function policy(state: State, bus: BusAt, text: string): Landed {
  const { draft } = state;
  const held = draft.policies.find((it) => busKey(busAt(it.bus, it, draft)) === busKey(bus));
  const policies = held
    ? draft.policies.map((it) => (it === held ? { ...held, text } : it))
    : [...draft.policies, { id: freshId("policy"), bus: bus.name, text, ...placeOf(bus, draft) }];
  return changed(state, { policies }, `now decides who may send to bus ${bus.name}`);
}

function bus(state: State, part: Extract<Part, { kind: "bus" }>): Landed {
  const draft = { ...state.draft, buses: [...state.draft.buses] };
  const at = busAt(part.name, placeOf(part.place, draft), draft);
  addBus(draft, at);
  const next = { ...state, draft };
  const where = `bus ${part.name} is there now`;
  return part.policy === null ? { state: next, where } : { ...policy(next, at, part.policy), where };
}
