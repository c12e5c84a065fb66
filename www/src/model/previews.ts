/**
 * What each target of a rule would receive of the event on the page: the engine's `renderInput`, target by target.
 *
 * The trap is the event: as the page holds it, it went through `JSON.parse`, which turns `12.50` into `12.5`. Its detail is
 * therefore taken from what was typed, wherever that is the same value.
 */
import { renderInput } from "eventbridge-sim";
import type { EventEnvelope, InputDiagnostic, Json, RenderedInput } from "../../../src/js/types.js";
import { isObject, type JsonObject, memberTexts, parse } from "./json-text.js";
import { problemOf } from "./problem.js";

/** More targets than this are not rendered; the service takes five a rule. */
const SHOWN = 20;
/** These get nothing of an event unless they are told what. */
const NOTHING_BY_DEFAULT = /^arn:[^:]*:(ecs|ssm):/;

export interface Preview {
  id: string;
  arn: string;
  /** What it is given, in words. */
  way: string;
  /** Empty where there is none. */
  template: string;
  /** Null where the target gets nothing by default. */
  rendered: RenderedInput | null;
  /** The texts that diagnostics count in, by member. */
  members: ReadonlyMap<string, string>;
}

export interface Asked {
  /** The text of the list of targets. */
  targets: string;
  event: EventEnvelope;
  /** What was typed as the event. */
  typed: string;
  rule: { ruleName: string; ruleArn: string; ingestionTime: string };
}

/** `undefined` where the targets are no list: their editor says so. */
export function previewsOf({ targets, event, typed, rule }: Asked): Preview[] | undefined {
  const list = parse(targets.trim() === "" ? "[]" : targets);
  if (!Array.isArray(list)) return undefined;
  const text = textOfEvent(event, typed);
  return list
    .filter((it) => isObject(it))
    .slice(0, SHOWN)
    .map((target) => previewOf(target, text, rule));
}

function previewOf(target: JsonObject, event: string, rule: Asked["rule"]): Preview {
  const members = membersOf(target);
  const arn = words(target.Arn);
  const template = members.get("InputTemplate") ?? "";
  const about = { id: words(target.Id), arn, way: wayOf(target), template, members };
  const given = ["Input", "InputPath", "InputTransformer"].some((name) => target[name] !== undefined);
  if (!given && NOTHING_BY_DEFAULT.test(arn)) return { ...about, way: "nothing by default", rendered: null };
  try {
    return { ...about, rendered: renderInput(JSON.stringify(target), event, rule) };
  } catch (thrown) {
    const diagnostics: InputDiagnostic[] = [{ ...problemOf(thrown), member: "the event" }];
    return { ...about, rendered: { output: null, diagnostics, placeholders: [] } };
  }
}

function wayOf(target: JsonObject): string {
  if (isObject(target.InputTransformer)) return "a template, filled";
  if (typeof target.InputPath === "string") return `what ${target.InputPath} finds`;
  return typeof target.Input === "string" ? "a constant" : "the whole event";
}

/** By the names that diagnostics use. */
function membersOf(target: JsonObject): Map<string, string> {
  const members = new Map<string, string>();
  const add = (name: string, value: Json | undefined): void => {
    if (typeof value === "string") members.set(name, value);
  };
  add("Input", target.Input);
  add("InputPath", target.InputPath);
  const { InputTransformer: transformer } = target;
  if (!isObject(transformer)) return members;
  add("InputTemplate", transformer.InputTemplate);
  const { InputPathsMap: paths } = transformer;
  if (isObject(paths)) for (const [name, path] of Object.entries(paths)) add(`InputPathsMap.${name}`, path);
  return members;
}

function words(value: Json | undefined): string {
  return typeof value === "string" ? value : "?";
}

/** As the rules of the bus saw it, numbers spelled as they were typed. */
function textOfEvent(event: EventEnvelope, typed: string): string {
  const whole = JSON.stringify(event);
  const value = parse(typed);
  if (!isObject(value)) return whole;
  const detail = typeof value.Detail === "string" ? value.Detail : (textOfDetail(typed) ?? "");
  const parsed = parse(detail);
  if (parsed === undefined || JSON.stringify(parsed) !== JSON.stringify(event.detail)) return whole;
  const { detail: _, ...rest } = event;
  return `${JSON.stringify(rest).slice(0, -1)},"detail":${detail}}`;
}

function textOfDetail(typed: string): string | undefined {
  const members = memberTexts(typed);
  return members.get("detail") ?? members.get("Detail");
}
