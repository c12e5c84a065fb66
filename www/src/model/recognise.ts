/**
 * What a pasted text is: an event, a pattern, rules, a scenario, ...
 *
 * People paste what they have: a message from a queue, the output of `aws events list-rules`, a file of events. Each kind
 * is told by its shape alone, from the most particular to the least. Nothing is judged here, only sorted; and the texts
 * are kept as they were written, because the spelling of a number matters to a rule.
 */
import type { Json, Scenario } from "../../../src/js/types.js";
import type { Place } from "./buses.js";
import { isObject, itemTexts, type JsonObject, layOut, memberTexts, parse } from "./json-text.js";
import { checkedScenario } from "./shapes.js";

export type Part =
  | { kind: "events"; texts: string[] }
  | { kind: "pattern"; text: string }
  | { kind: "rules"; rules: PastedRule[] }
  | { kind: "targets"; text: string; rule: string | null }
  | { kind: "bus"; name: string; place: Place; policy: string | null }
  | { kind: "policy"; text: string }
  | { kind: "effects"; text: string }
  | { kind: "scenario"; scenario: Scenario };

/** PutRule's input, or what describes a rule. */
export interface PastedRule {
  name: string;
  input: JsonObject;
  place: Place;
}

export type Found =
  | { what: string; parts: Part[] }
  /** Known, but of no use here. */
  | { refused: string };

/** More than this is no paste any more. */
const LARGEST = 4_000_000;
/** More than these of one kind are not taken. */
const MOST = 500;

const ENVELOPE = ["source", "detail-type", "detail", "account", "region", "resources", "time", "id", "version", "$or"];

/** Nothing where the text is none of the kinds. */
export function recognise(text: string): Found | undefined {
  if (text.length > LARGEST) return { refused: "That is more than four megabytes, too much for the page." };
  const value = parse(text);
  if (value === undefined) return lines(text) ?? template(text);
  if (Array.isArray(value)) return list(text, value);
  return isObject(value) ? object(text, value) : undefined;
}

function object(text: string, value: JsonObject): Found | undefined {
  return (
    (Array.isArray(value.calls) && "version" in value ? scenario(value) : undefined) ??
    jsonTemplate(value) ??
    ofOperations(text, value) ??
    (isPattern(value) && !holdsPatterns(value) ? { what: "An event pattern", parts: [pattern(text)] } : undefined) ??
    (isEvent(value) ? { what: "An event", parts: [{ kind: "events", texts: [text] }] } : undefined) ??
    named(value)
  );
}

/** What the service's operations take and give. */
function ofOperations(text: string, value: JsonObject): Found | undefined {
  const members = memberTexts(text);
  if (Array.isArray(value.Entries)) return list(members.get("Entries") ?? "[]", value.Entries);
  if (Array.isArray(value.Rules)) return rules(value.Rules);
  if (Array.isArray(value.Targets)) {
    const rule = typeof value.Rule === "string" ? value.Rule : null;
    return { what: "Targets", parts: [{ kind: "targets", text: layOut(members.get("Targets") ?? "[]"), rule }] };
  }
  if (Array.isArray(value.Statement)) return { what: "A bus policy", parts: [{ kind: "policy", text: layOut(text) }] };
  if ("EventPattern" in value && "Event" in value) {
    const parts: Part[] = [
      pattern(written(value.EventPattern, members.get("EventPattern"))),
      { kind: "events", texts: [written(value.Event, members.get("Event"))] },
    ];
    return { what: "A pattern and an event", parts };
  }
  if (typeof value.Arn === "string" && /:event-bus\//.test(value.Arn)) return bus(value);
  return isRule(value) ? rules([value]) : undefined;
}

function written(value: Json | undefined, text: string | undefined): string {
  return typeof value === "string" ? layOut(value) : layOut(text ?? "");
}

function pattern(text: string): Part {
  return { kind: "pattern", text: layOut(text) };
}

function list(text: string, value: Json[]): Found | undefined {
  if (value.length === 0 || value.length > MOST) return undefined;
  if (value.every(isEvent))
    return { what: counted(value.length, "event"), parts: [{ kind: "events", texts: itemTexts(text) }] };
  if (value.every(isRule)) return rules(value);
  const all = (test: (it: JsonObject) => boolean): boolean => value.every((it) => isObject(it) && test(it));
  if (all((it) => typeof it.Id === "string" && typeof it.Arn === "string")) {
    return { what: counted(value.length, "target"), parts: [{ kind: "targets", text: layOut(text), rule: null }] };
  }
  if (all((it) => typeof it.target === "string" && ("emits" in it || "preset" in it))) {
    return { what: counted(value.length, "effect"), parts: [{ kind: "effects", text: layOut(text) }] };
  }
  return undefined;
}

/** One event a line. */
function lines(text: string): Found | undefined {
  const texts = text.split("\n").filter((line) => line.trim() !== "");
  if (texts.length < 2 || texts.length > MOST) return undefined;
  if (!texts.every((line) => isEvent(parse(line)))) return undefined;
  return { what: `${counted(texts.length, "event")}, one a line`, parts: [{ kind: "events", texts }] };
}

function rules(list: Json[]): Found | undefined {
  const found = list.slice(0, MOST).flatMap((it) => (isRule(it) ? [ruleOf(it)] : []));
  if (found.length === 0) return undefined;
  return {
    what: found.length === 1 ? "A rule" : counted(found.length, "rule"),
    parts: [{ kind: "rules", rules: found }],
  };
}

function ruleOf(value: JsonObject): PastedRule {
  const { Name, Arn, CreatedBy: _c, ManagedBy: _m, ...input } = value;
  return { name: typeof Name === "string" ? Name : "", input, place: placeOfArn(Arn) };
}

/** `{ "name": pattern, ... }` */
function named(value: JsonObject): Found | undefined {
  if (!holdsPatterns(value)) return undefined;
  const list = Object.entries(value).slice(0, MOST);
  return rules(list.map(([Name, EventPattern]) => ({ Name, EventPattern })));
}

function bus(value: JsonObject): Found {
  const name = typeof value.Name === "string" ? value.Name : "";
  const policy = typeof value.Policy === "string" ? layOut(value.Policy) : null;
  return { what: "An event bus", parts: [{ kind: "bus", name, place: placeOfArn(value.Arn), policy }] };
}

function scenario(value: JsonObject): Found {
  const checked = checkedScenario(value);
  if (typeof checked === "string") return { refused: `That looks like a scenario, but ${checked}.` };
  return { what: "A scenario", parts: [{ kind: "scenario", scenario: checked }] };
}

const NO_TEMPLATES =
  "Templates cannot be read yet. Paste the rule itself: its `EventPattern`, or the output of `aws events describe-rule`.";

function jsonTemplate(value: JsonObject): Found | undefined {
  const resources = isObject(value.Resources) ? Object.values(value.Resources) : [];
  const typed = resources.some((it) => isObject(it) && typeof it.Type === "string" && it.Type.startsWith("AWS::"));
  if (!typed && !("AWSTemplateFormatVersion" in value)) return undefined;
  return { refused: `That is a CloudFormation template. ${NO_TEMPLATES}` };
}

/** Kinds that are no JSON. */
function template(text: string): Found | undefined {
  const head = text.slice(0, 20_000);
  if (/^\s*(AWSTemplateFormatVersion|Transform)\s*:|^\s+Type\s*:\s*["']?AWS::/m.test(head)) {
    return { refused: `That is a CloudFormation or SAM template. ${NO_TEMPLATES}` };
  }
  if (/^service\s*:/m.test(head) && /^(provider|functions)\s*:/m.test(head)) {
    return { refused: `That is a Serverless Framework file. ${NO_TEMPLATES}` };
  }
  if (/^resource\s+"aws_/m.test(head)) return { refused: `That is Terraform. ${NO_TEMPLATES}` };
  if (/^[\w-]+\s*:(\s|$)/.test(head.trimStart())) {
    return { refused: "That looks like YAML, which cannot be read yet. Paste it as JSON." };
  }
  return undefined;
}

function isEvent(value: Json | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  if (typeof value.Source === "string" && "DetailType" in value) return true;
  return typeof value.source === "string" && ("detail-type" in value || isObject(value.detail));
}

function isRule(value: Json): value is JsonObject {
  return isObject(value) && ("EventPattern" in value || "ScheduleExpression" in value);
}

/** Whether lists are all that is not an object: nothing else has that shape. */
function isPattern(value: Json, depth = 0): boolean {
  if (!isObject(value) || depth > 50) return false;
  const inner = Object.values(value);
  return inner.length > 0 && inner.every((it) => Array.isArray(it) || isPattern(it, depth + 1));
}

function holdsPatterns(value: JsonObject): boolean {
  const inner = Object.entries(value);
  return (
    inner.length > 0 &&
    inner.every(([name, it]) => {
      const held = typeof it === "string" ? parse(it) : it;
      if (ENVELOPE.includes(name) || held === undefined || !isPattern(held) || !isObject(held)) return false;
      return Object.keys(held).some((key) => ENVELOPE.includes(key));
    })
  );
}

function placeOfArn(arn: Json | undefined): Place {
  const [, , , region, account] = typeof arn === "string" ? arn.split(":") : [];
  return account && region ? { account, region } : {};
}

function counted(count: number, one: string): string {
  return count === 1 ? `One ${one}` : `${count} ${one}s`;
}
