/**
 * The scenario while somebody types in it.
 *
 * A `Scenario` holds JSON values, and a text that is being typed is often not JSON. So the page keeps a draft: the same
 * scenario, with every part that has an editor held as the text in that editor. `fromScenario` opens one, `toScenario`
 * closes it again; what the page has no editor for (permissions, tags) travels along in `calls` untouched.
 */
import type { Json, Scenario, ScenarioCall, ScenarioHandler, SimulatorOptions } from "../../../src/js/types.js";
import { isObject, type JsonObject, pretty, textOf } from "./json-text.js";

export interface BusDraft {
  id: string;
  name: string;
  account?: string;
  region?: string;
}

export interface RuleDraft {
  id: string;
  name: string;
  /** A bus name, or a bus ARN. */
  bus: string;
  enabled: boolean;
  /** The pattern as typed; empty for a rule that has none. */
  pattern: string;
  /** The `Targets` list of PutTargets as typed; empty for none. */
  targets: string;
  account?: string;
  region?: string;
  /** What else PutRule was given: description, schedule, role. */
  extra: JsonObject;
}

export interface EventDraft {
  id: string;
  /** An envelope as rules see it, or a PutEvents entry. */
  text: string;
  /** Where an application puts it. Events of AWS services always go to the default bus. */
  bus: string;
}

export interface Draft {
  title: string;
  description: string;
  options: SimulatorOptions;
  buses: BusDraft[];
  rules: RuleDraft[];
  /** The list of effects as typed; empty for none. */
  effects: string;
  handlers: ScenarioHandler[];
  /** Every other call, in order. */
  calls: ScenarioCall[];
  events: EventDraft[];
}

export const DEFAULT_BUS = "default";

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
    rules: [],
    effects: scenario.effects?.length ? pretty(scenario.effects) : "",
    handlers: scenario.handlers ?? [],
    calls: [],
    events: eventsOf(scenario).map(openEvent),
  };
  for (const call of scenario.calls) openCall(draft, call);
  if (draft.events.length === 0) draft.events.push({ id: freshId("event"), text: "", bus: DEFAULT_BUS });
  return draft;
}

/** The events of a scenario, those of its steps included. */
function eventsOf(scenario: Scenario): Json[] {
  const later = (scenario.steps ?? []).flatMap((step) => ("events" in step ? step.events : []));
  return [...(scenario.events ?? []), ...later];
}

function openCall(draft: Draft, call: ScenarioCall): void {
  const input = isObject(call.input) ? call.input : {};
  if (call.operation === "CreateEventBus" && typeof input.Name === "string" && Object.keys(input).length === 1) {
    draft.buses.push({ id: freshId("bus"), name: input.Name, ...placeOf(call) });
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

function openRule(call: ScenarioCall, input: JsonObject, name: string): RuleDraft {
  const { Name: _name, EventPattern, EventBusName, State, ...extra } = input;
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
function openEvent(event: Json): EventDraft {
  const id = freshId("event");
  if (!isObject(event) || "detail-type" in event || !("DetailType" in event)) {
    return { id, text: pretty(event), bus: DEFAULT_BUS };
  }
  const detail = event.Detail ?? "{}";
  const members = [`"source": ${pretty(event.Source ?? "")}`, `"detail-type": ${pretty(event.DetailType ?? "")}`];
  if (Array.isArray(event.Resources)) members.push(`"resources": ${pretty(event.Resources)}`);
  if (typeof event.Time === "string") members.push(`"time": ${pretty(event.Time)}`);
  members.push(`"detail": ${textOf(detail)}`);
  const bus = typeof event.EventBusName === "string" ? event.EventBusName : DEFAULT_BUS;
  return { id, text: `{\n${indent(members.join(",\n"))}\n}`, bus };
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}

function placeOf(call: ScenarioCall): { account?: string; region?: string } {
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
