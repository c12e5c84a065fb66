/**
 * What an element shows: a pattern and an event, rules and an event, or a scenario.
 *
 * Every part that a reader sees stays the text that the author wrote, so that number spelling, key order and line breaks
 * survive; only what surrounds the parts is composed.
 */

import { checkEvent } from "../pattern.js";
import type { Diagnostic, Json } from "../types.js";
import { dedented, memberTexts } from "./tokens.js";

/** One text of the content, with its name. */
export interface Part {
  name: string;
  kind: "pattern" | "event" | "scenario";
  text: string;
}

export interface Content {
  parts: Part[];
  /** The scenario that the parts make, as JSON text. */
  scenario(): string;
  /** The patterns to hold against the event, by the names of their rules; empty for a scenario. */
  rules(): { name: string; part: Part }[];
  event: Part | undefined;
}

type JsonObject = { [name: string]: Json };

const WANTED =
  "the content must be an object with `pattern` and `event`, with `rules` and `event`, or a scenario with `version` and `calls`";
const MEMBERS = ["pattern", "targets", "rules", "event", "bus", "effects"];
/** More rules than this are no example any more. */
const MOST_RULES = 100;

/** Reads a content; throws an error in words that its author understands. */
export function contentOf(text: string): Content {
  const [wrong] = checkEvent(text);
  if (wrong) throw new Error(`the content is not valid JSON${inWords(wrong)}`);
  const value = JSON.parse(text) as Json;
  if (!isObject(value)) throw new Error(WANTED);
  if ("version" in value || "calls" in value) return scenarioContent(text);
  if (value.event === undefined || "pattern" in value === "rules" in value) throw new Error(WANTED);
  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw new Error(`the content has no member \`${unknown}\`; it has ${list(MEMBERS)}`);
  return rulesContent(memberTexts(text), value);
}

/** Where and what, of something that is wrong with a text. */
export function inWords({ range, message, help }: Diagnostic): string {
  const place = range ? ` at line ${range.start.line}, column ${range.start.column}` : "";
  return `${place}: ${message}${help ? ` (${help})` : ""}`;
}

function scenarioContent(text: string): Content {
  const part: Part = { name: "Scenario", kind: "scenario", text: dedented(text) };
  return { parts: [part], scenario: () => part.text, rules: () => [], event: undefined };
}

interface Rule {
  name: string;
  part: Part;
  targets: Json;
}

function rulesContent(texts: Map<string, string>, value: JsonObject): Content {
  const event: Part = { name: "Event", kind: "event", text: dedented(texts.get("event") ?? "") };
  const bus = value.bus ?? "default";
  if (typeof bus !== "string") throw new Error("`bus` must be the name of an event bus");
  const rules =
    "pattern" in value
      ? [{ name: "rule", part: patternPart("Event pattern", texts.get("pattern") ?? ""), targets: value.targets ?? [] }]
      : namedRules(texts.get("rules") ?? "", value.rules);
  return {
    parts: [...rules.map((rule) => rule.part), event],
    scenario: () => scenarioText(rules, event.text, bus, texts.get("effects")),
    rules: () => rules,
    event,
  };
}

function namedRules(text: string, value: Json | undefined): Rule[] {
  if (!isObject(value)) throw new Error("`rules` must be an object: the name of each rule, and its pattern");
  const texts = [...memberTexts(text)];
  if (texts.length > MOST_RULES) throw new Error(`an example can have ${MOST_RULES} rules, not ${texts.length}`);
  return texts.map(([name, ruleText]) => {
    const rule = value[name] ?? null;
    if (!hasTargets(rule)) return { name, part: patternPart(`Pattern of ${name}`, ruleText), targets: [] };
    const pattern = memberTexts(ruleText).get("pattern") ?? "";
    return { name, part: patternPart(`Pattern of ${name}`, pattern), targets: rule.targets ?? [] };
  });
}

/** `{ pattern, targets }` instead of the pattern alone; no pattern for events is written so. */
function hasTargets(rule: Json): rule is JsonObject {
  return (
    isObject(rule) && isObject(rule.pattern) && Object.keys(rule).every((name) => /^(pattern|targets)$/.test(name))
  );
}

/** A pattern may be given as text, as the AWS API wants it. */
function patternPart(name: string, text: string): Part {
  const inner = text.startsWith('"') ? (JSON.parse(text) as string) : text;
  return { name, kind: "pattern", text: dedented(inner) };
}

function scenarioText(rules: Rule[], event: string, bus: string, effects: string | undefined): string {
  const calls: object[] = bus === "default" ? [] : [{ operation: "CreateEventBus", input: { Name: bus } }];
  for (const { name, part, targets } of rules) {
    const rule = { Name: name, EventBusName: bus, EventPattern: part.text };
    calls.push({ operation: "PutRule", input: rule });
    const Targets = (Array.isArray(targets) ? targets : [targets]).map(targetOf);
    if (Targets.length > 0) calls.push({ operation: "PutTargets", input: { Rule: name, EventBusName: bus, Targets } });
  }
  const members = ['"version":1', `"calls":${JSON.stringify(calls)}`, `"events":[${entryText(event, bus)}]`];
  if (effects !== undefined) members.push(`"effects":${effects}`);
  return `{${members.join(",")}}`;
}

function targetOf(target: Json, at: number): Json {
  return typeof target === "string" ? { Id: `target-${at + 1}`, Arn: target } : target;
}

/** What AWS services send arrives as it is, on the default bus; what others send they put there with PutEvents. */
function entryText(text: string, bus: string): string {
  const value = JSON.parse(text) as Json;
  if (!isObject(value) || !("detail-type" in value)) return text;
  if (typeof value.source === "string" && value.source.startsWith("aws.")) return text;
  const { source = "", "detail-type": type, resources, time } = value;
  const detail = memberTexts(text).get("detail") ?? "{}";
  const entry = { EventBusName: bus, Source: source, DetailType: type, Detail: detail };
  return JSON.stringify({ ...entry, ...(resources && { Resources: resources }), ...(time && { Time: time }) });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(names: string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
