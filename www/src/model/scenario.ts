/**
 * From the draft to what the engine loads.
 *
 * The scenario is composed as JSON text, and the event goes in as it was typed: number spelling, key order and duplicate
 * keys reach the engine. Which way an event takes is the service's rule: AWS services put theirs on the default bus
 * themselves (`emit`), everybody else calls PutEvents, which refuses `aws.` sources.
 */
import type { Json, ScenarioCall } from "../../../src/js/types.js";
import { DEFAULT_BUS, type Draft, type EventDraft, type RuleDraft } from "./draft.js";
import { isObject, type JsonObject, memberTexts, parse } from "./json-text.js";

export interface Entry {
  via: "put-events" | "emit";
  /** The bus it goes to. */
  bus: string;
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
  event: string | null;
  effects: string | null;
  pattern(rule: RuleDraft): string | null;
  targets(rule: RuleDraft): string | null;
}

export function toScenarioText(draft: Draft, event: EventDraft, texts: Texts): string {
  const members = [
    `"version":1`,
    `"options":${JSON.stringify(draft.options)}`,
    `"calls":${JSON.stringify(calls(draft, texts))}`,
  ];
  if (texts.effects?.trim()) members.push(`"effects":${texts.effects}`);
  if (draft.handlers.length > 0) members.push(`"handlers":${JSON.stringify(draft.handlers)}`);
  if (texts.event?.trim()) {
    const entry = compose(texts.event, event, draft);
    members.push(entry.as === "event" ? `"events":[${entry.text}]` : `"steps":[{"call":${entry.text}}]`);
  }
  return `{${members.join(",")}}`;
}

function calls(draft: Draft, texts: Texts): ScenarioCall[] {
  const list: ScenarioCall[] = draft.buses.map((bus) => ({
    operation: "CreateEventBus",
    input: { Name: bus.name },
    ...placeOf(bus),
  }));
  for (const rule of draft.rules) list.push(...ruleCalls(rule, texts));
  return [...list, ...draft.calls];
}

/** PutRule, and PutTargets where there are targets. A rule whose pattern was never valid is left out. */
function ruleCalls(rule: RuleDraft, texts: Texts): ScenarioCall[] {
  const pattern = texts.pattern(rule);
  if (pattern === null || (pattern.trim() === "" && !("ScheduleExpression" in rule.extra))) return [];
  const input: JsonObject = { ...rule.extra, Name: rule.name, EventBusName: rule.bus };
  if (pattern.trim() !== "") input.EventPattern = pattern;
  if (!rule.enabled) input.State = "DISABLED";
  const list: ScenarioCall[] = [{ operation: "PutRule", input, ...placeOf(rule) }];
  const targets = parse(texts.targets(rule) ?? "");
  if (Array.isArray(targets) && targets.length > 0) {
    const put = { Rule: rule.name, EventBusName: rule.bus, Targets: targets };
    list.push({ operation: "PutTargets", input: put, ...placeOf(rule) });
  }
  return list;
}

/** How the event in the editor gets to a bus. */
export function entryOf(text: string, event: EventDraft, draft: Draft): Entry {
  const { via, bus, note } = compose(text, event, draft);
  return { via, bus, note };
}

function compose(text: string, event: EventDraft, draft: Draft): Composed {
  const value = parse(text);
  if (!isObject(value)) return asEmitted(text);
  if ("DetailType" in value || "Source" in value) return asTyped(text, value);
  if (typeof value.source === "string" && value.source.startsWith("aws.")) return asEmitted(text);
  return asPutEvents(text, value, event, draft);
}

function asEmitted(text: string): Composed {
  const note = "Sent by an AWS service: its own events always arrive on the default bus.";
  return { as: "event", via: "emit", bus: DEFAULT_BUS, text, note };
}

function asTyped(text: string, value: JsonObject): Composed {
  const bus = typeof value.EventBusName === "string" ? value.EventBusName : DEFAULT_BUS;
  const note = "A PutEvents entry, sent as it stands. EventBridge adds id, time, account and region.";
  return { as: "event", via: "put-events", bus, text, note };
}

function asPutEvents(text: string, value: JsonObject, event: EventDraft, draft: Draft): Composed {
  const entry: JsonObject = { EventBusName: event.bus };
  put(entry, "Source", value.source);
  put(entry, "DetailType", value["detail-type"]);
  put(entry, "Resources", value.resources);
  put(entry, "Time", value.time);
  const detail = memberTexts(text).get("detail");
  if (detail !== undefined) entry.Detail = detail;
  const note = "Sent by an application with PutEvents. EventBridge gives it its own id, account and region.";
  const place = otherPlace(value, draft);
  if (!place) return { as: "event", via: "put-events", bus: event.bus, text: JSON.stringify(entry), note };
  const call: ScenarioCall = { operation: "PutEvents", input: { Entries: [entry] }, ...place };
  const from = `Sent with PutEvents by account ${place.account ?? "of the bus"}${place.region ? ` in ${place.region}` : ""}.`;
  return { as: "call", via: "put-events", bus: event.bus, text: JSON.stringify(call), note: from };
}

function put(entry: JsonObject, name: string, value: Json | undefined): void {
  if (value !== undefined) entry[name] = value;
}

/**
 * The event names another account or region than the scenario's, and the scenario knows it: then its sender is there.
 * Most pasted events name an account that nobody set up; those enter where the rules are.
 */
function otherPlace(value: JsonObject, draft: Draft): { account?: string; region?: string } | undefined {
  const account = typeof value.account === "string" ? value.account : undefined;
  const region = typeof value.region === "string" ? value.region : undefined;
  const home = homeOf(draft);
  const place = {
    ...(account !== undefined && account !== home.account ? { account } : {}),
    ...(region !== undefined && region !== home.region ? { region } : {}),
  };
  return Object.keys(place).length > 0 && isKnown(place, draft) ? place : undefined;
}

function isKnown(place: { account?: string; region?: string }, draft: Draft): boolean {
  const told = JSON.stringify([draft.buses, draft.rules, draft.calls]);
  return Object.values(place).some((name) => told.includes(name));
}

/** Where a call without account and region is made. */
export function homeOf(draft: Draft): { account: string; region: string } {
  return { account: draft.options.account ?? "123456789012", region: draft.options.region ?? "us-east-1" };
}

export function ruleArn(rule: RuleDraft, draft: Draft): string {
  const home = homeOf(draft);
  const bus = rule.bus.split("event-bus/").pop() ?? rule.bus;
  const name = bus === DEFAULT_BUS ? rule.name : `${bus}/${rule.name}`;
  return `arn:aws:events:${rule.region ?? home.region}:${rule.account ?? home.account}:rule/${name}`;
}

function placeOf(of: { account?: string; region?: string }): { account?: string; region?: string } {
  return {
    ...(of.account === undefined ? {} : { account: of.account }),
    ...(of.region === undefined ? {} : { region: of.region }),
  };
}
