/**
 * The scenario while somebody types in it.
 *
 * A `Scenario` holds JSON values, and a text that is being typed is often not JSON. So the page keeps a draft: the same
 * scenario, with every part that has an editor held as the text in that editor. `fromScenario` opens one, `toScenario`
 * closes it again; what the page has no editor for (tags, say) travels along in `calls` untouched.
 */
import type { Json, Scenario, ScenarioCall, ScenarioHandler, SimulatorOptions } from "../../../src/js/types.js";
import { busAt, busKey, DEFAULT_BUS, type Place } from "./buses.js";
import { isObject, type JsonObject, pretty, textOf } from "./json-text.js";
import { statementOf, withStatement } from "./policies.js";

/** A bus that is created. One named `default` only names a place: it is there already. */
export interface BusDraft extends Place {
  id: string;
  name: string;
  /** What else CreateEventBus was given. */
  extra: JsonObject;
}

/** Who may send to a bus. */
export interface PolicyDraft extends Place {
  id: string;
  bus: string;
  /** The policy document as typed. */
  text: string;
}

export interface RuleDraft extends Place {
  id: string;
  name: string;
  /** A bus name, or a bus ARN. */
  bus: string;
  enabled: boolean;
  /** The pattern as typed; empty for a rule that has none. */
  pattern: string;
  /** The `Targets` list of PutTargets as typed; empty for none. */
  targets: string;
  /** What else PutRule was given: description, schedule, role. */
  extra: JsonObject;
}

/** One thing that happens: an event is sent, or another step of a scenario is made. */
export interface EventDraft {
  id: string;
  kind: "event" | "step";
  /** An envelope as rules see it, or a PutEvents entry; of a step, its JSON: `{ "advance": "15m" }`. */
  text: string;
  /** Where an application puts it. Events of AWS services always go to the default bus. */
  bus: string;
  /** Who puts it; left out, whoever the event names, else the scenario's own account. */
  from?: Place;
}

export interface Draft {
  title: string;
  description: string;
  options: SimulatorOptions;
  buses: BusDraft[];
  policies: PolicyDraft[];
  rules: RuleDraft[];
  /** The list of effects as typed; empty for none. */
  effects: string;
  handlers: ScenarioHandler[];
  /** Every other call, in order. */
  calls: ScenarioCall[];
  /** In the order in which they happen. */
  events: EventDraft[];
  /** What must come of all of them, as typed; empty for nothing. */
  expect: string;
}

let lastId = 0;

/** A name for one part of one draft. Never reused, so what is remembered about a part dies with it. */
export function freshId(kind: string): string {
  lastId += 1;
  return `${kind}-${lastId}`;
}

export function fromScenario(scenario: Scenario): Draft {
  const draft: Draft = {
    title: scenario.title ?? "Untitled",
    description: scenario.description ?? "",
    options: scenario.options ?? {},
    buses: [],
    policies: [],
    rules: [],
    effects: scenario.effects?.length ? pretty(scenario.effects) : "",
    handlers: scenario.handlers ?? [],
    calls: [],
    events: (scenario.events ?? []).map((event) => openEvent(event)),
    expect: scenario.expect === undefined ? "" : pretty(scenario.expect as Json),
  };
  const removed = scenario.calls.some((call) => call.operation === "RemovePermission");
  for (const call of scenario.calls) {
    if (removed || !openStatement(draft, call)) openCall(draft, call);
  }
  for (const step of scenario.steps ?? []) draft.events.push(...openStep(step));
  if (draft.events.length === 0) draft.events.push(newEvent(""));
  return draft;
}

export function newEvent(text: string, kind: EventDraft["kind"] = "event"): EventDraft {
  return { id: freshId("event"), kind, text, bus: DEFAULT_BUS };
}

/** Whether two drafts differ in one of these members. */
export function differ(one: Draft | undefined, other: Draft, members: (keyof Draft)[]): boolean {
  return members.some((name) => one?.[name] !== other[name]);
}

function openStep(step: NonNullable<Scenario["steps"]>[number]): EventDraft[] {
  if ("events" in step) return step.events.map((event) => openEvent(event));
  const { operation, input, ...place } = "call" in step ? step.call : { operation: "", input: null };
  const entries = operation === "PutEvents" && isObject(input) && Object.keys(input).length === 1 && input.Entries;
  if (Array.isArray(entries) && entries.length === 1) return [openEvent(entries[0] ?? null, place)];
  return [newEvent(pretty(step), "step")];
}

/** PutPermission with a principal, as a statement of the bus's policy. */
function openStatement(draft: Draft, call: ScenarioCall): boolean {
  if (call.operation !== "PutPermission" || !isObject(call.input)) return false;
  const bus = typeof call.input.EventBusName === "string" ? call.input.EventBusName : DEFAULT_BUS;
  const key = busKey(busAt(bus, call, draft));
  const statement = statementOf(call, busAt(bus, call, draft));
  if (!statement) return false;
  const held = draft.policies.find((it) => busKey(busAt(it.bus, it, draft)) === key);
  const text = withStatement(held?.text ?? "", statement);
  if (text === undefined) return false;
  if (held) held.text = text;
  else draft.policies.push({ id: freshId("policy"), bus, text, ...placeOf(call) });
  return true;
}

function openCall(draft: Draft, call: ScenarioCall): void {
  const input = isObject(call.input) ? call.input : {};
  if (call.operation === "CreateEventBus" && typeof input.Name === "string") {
    const { Name, ...extra } = input;
    draft.buses.push({ id: freshId("bus"), name: input.Name, extra, ...placeOf(call) });
  } else if (call.operation === "PutPermission" && typeof input.Policy === "string") {
    const bus = typeof input.EventBusName === "string" ? input.EventBusName : DEFAULT_BUS;
    draft.policies.push({ id: freshId("policy"), bus, text: textOf(input.Policy), ...placeOf(call) });
  } else if (call.operation === "PutRule" && typeof input.Name === "string") {
    draft.rules.push(openRule(call, input, input.Name));
  } else if (call.operation === "PutTargets" && Array.isArray(input.Targets)) {
    const rule = findRule(draft, call, input);
    if (rule && rule.targets === "") rule.targets = pretty(input.Targets);
    else draft.calls.push(call);
  } else if (call.operation === "DisableRule" || call.operation === "EnableRule") {
    const rule = findRule(draft, call, { ...input, Rule: input.Name ?? null });
    if (rule) rule.enabled = call.operation === "EnableRule";
    else draft.calls.push(call);
  } else {
    draft.calls.push(call);
  }
}

export function openRule(call: Place, input: JsonObject, name: string): RuleDraft {
  const { Name: _name, EventPattern, EventBusName, State, ...rest } = input;
  // There are states beside these two, and an enabled rule keeps which one it has.
  const extra = State === undefined || State === "ENABLED" || State === "DISABLED" ? rest : { ...rest, State };
  return {
    id: freshId("rule"),
    name,
    bus: typeof EventBusName === "string" ? EventBusName : DEFAULT_BUS,
    enabled: State !== "DISABLED",
    pattern: EventPattern === undefined ? "" : textOf(EventPattern),
    targets: "",
    extra,
    ...placeOf(call),
  };
}

function findRule(draft: Draft, call: ScenarioCall, input: JsonObject): RuleDraft | undefined {
  const bus = typeof input.EventBusName === "string" ? input.EventBusName : DEFAULT_BUS;
  return draft.rules.find(
    (rule) =>
      rule.name === input.Rule && rule.bus === bus && rule.account === call.account && rule.region === call.region,
  );
}

/** A PutEvents entry is shown as the envelope that rules will see, as far as its sender decides it. */
export function openEvent(event: Json, from: Place = {}): EventDraft {
  const sender = Object.keys(from).length > 0 ? { from: placeOf(from) } : {};
  if (!isObject(event) || "detail-type" in event || !("DetailType" in event) || "TraceHeader" in event) {
    return { ...newEvent(pretty(event)), ...sender };
  }
  const detail = event.Detail ?? "{}";
  const members = [`"source": ${pretty(event.Source ?? "")}`, `"detail-type": ${pretty(event.DetailType ?? "")}`];
  if (Array.isArray(event.Resources)) members.push(`"resources": ${pretty(event.Resources)}`);
  if (typeof event.Time === "string") members.push(`"time": ${pretty(event.Time)}`);
  members.push(`"detail": ${textOf(detail)}`);
  const bus = typeof event.EventBusName === "string" ? event.EventBusName : DEFAULT_BUS;
  return { ...newEvent(`{\n${indent(members.join(",\n"))}\n}`), bus, ...sender };
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}

function placeOf(call: Place): Place {
  return {
    ...(call.account === undefined ? {} : { account: call.account }),
    ...(call.region === undefined ? {} : { region: call.region }),
  };
}

/** A draft with nothing in it but the default bus and an event to start from. */
export function emptyDraft(): Draft {
  return fromScenario({
    version: 1,
    title: "A blank page",
    description: "One rule, one event. Change either and watch the answer.",
    calls: [
      {
        operation: "PutRule",
        input: { Name: "my-rule", EventPattern: pretty({ source: ["my.app"] }) },
      },
      {
        operation: "PutTargets",
        input: {
          Rule: "my-rule",
          Targets: [{ Id: "my-function", Arn: "arn:aws:lambda:us-east-1:123456789012:function:my-function" }],
        },
      },
    ],
    events: [{ Source: "my.app", DetailType: "Something Happened", Detail: '{"id": 1}' }],
  });
}
