/**
 * The scenario as a file, and as a test that says of it what the page shows.
 *
 * Patterns, details and targets go out as they were typed, number by number. A text that is broken goes out in its last
 * valid version, as it counts on the page.
 */
import type { State } from "../model/actions.js";
import type { EventDraft } from "../model/draft.js";
import { type Evaluation, momentsOf } from "../model/evaluate.js";
import { wholeTexts } from "../model/expected.js";
import { EXPECT_KEY } from "../model/fields.js";
import { isObject, itemTexts, layOut, listText, memberTexts, objectText, parse } from "../model/json-text.js";
import type { Made, Run } from "../model/run.js";
import { members } from "../model/scenario.js";

export type Runner = "node" | "vitest";

/** All that the page holds, as a scenario file. */
export function scenarioFile(state: State, evaluation: Evaluation): string {
  return `${scenarioText(state, evaluation, state.draft.events, "whole")}\n`;
}

/** `order-placed.json` */
export function fileName(state: State, ending: string): string {
  const name = state.draft.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return `${name || "scenario"}${ending}`;
}

/** A test that plays what is played on the page now and expects what the page shows. */
export function testFile(state: State, evaluation: Evaluation, runner: Runner): string {
  const text = scenarioText(state, evaluation, momentsOf(state.draft, state.cursor), undefined);
  const run = evaluation.run;
  const deliveries = run ? expectedDeliveries(run) : "";
  const verdicts = JSON.stringify(run?.loops.map((loop) => loop.verdict) ?? []);
  const [imports, equal] =
    runner === "node"
      ? [['import assert from "node:assert/strict";', 'import { test } from "node:test";'], "assert.deepEqual("]
      : [['import { expect, test } from "vitest";'], "expect("];
  const [then, end] = runner === "node" ? [", ", ");"] : [").toEqual(", ");"];
  const check = (actual: string, expected: string): string => `  ${equal}${actual}${then}${expected}${end}`;
  return [
    `// Made by the EventBridge simulator's page. ${runner === "node" ? "Run it with `node --test`" : "Run it with `npx vitest`"}; it needs \`npm install eventbridge-sim\`.`,
    ...imports,
    'import { Simulator } from "eventbridge-sim";',
    "",
    `const scenario = ${literal(text)};`,
    "",
    `test(${JSON.stringify(state.draft.title)}, () => {`,
    "  const simulator = new Simulator();",
    "  simulator.load(scenario);",
    "",
    "  const deliveries = simulator.invocations().map(({ rule, target, outcome }) => ({ rule, target, outcome }));",
    deliveries === ""
      ? check("deliveries.length", String(run?.deliveries.length ?? 0))
      : check("deliveries", deliveries),
    check("simulator.observedLoops().map((loop) => loop.verdict)", verdicts),
    "});",
    "",
  ].join("\n");
}

/** More deliveries than these are counted only. */
const LISTED = 60;

function expectedDeliveries({ deliveries }: Run): string {
  if (deliveries.length > LISTED) return "";
  const line = ({ rule, target, outcome }: Made): string =>
    `    { rule: ${JSON.stringify(rule)}, target: ${JSON.stringify(target)}, outcome: ${JSON.stringify(outcome)} },\n`;
  return deliveries.length === 0 ? "[]" : `[\n${deliveries.map(line).join("")}  ]`;
}

/** JSON as a JavaScript expression: itself, unless JavaScript would read another value than the engine. */
function literal(text: string): string {
  return isExact(text) ? readablePatterns(text) : JSON.stringify(text);
}

/** Whether JavaScript reads and writes this JSON without losing a token. */
function isExact(text: string): boolean {
  const value = parse(text);
  const bare = (it: string): string => layOut(it).replaceAll(/\s/g, "");
  return value !== undefined && bare(JSON.stringify(value)) === bare(text) && !text.includes('"__proto__"');
}

/** A pattern is a text in PutRule's input. In JavaScript it can be written as what it is. */
function readablePatterns(text: string): string {
  return text.replaceAll(/^( *)"EventPattern": ("(?:[^"\\]|\\.)*")/gm, (whole, indent: string, quoted: string) => {
    const pattern = parse(quoted);
    if (typeof pattern !== "string" || !isObject(parse(pattern)) || !isExact(pattern)) return whole;
    return `${indent}"EventPattern": JSON.stringify(${layOut(pattern).replaceAll("\n", `\n${indent}`)})`;
  });
}

/** `expect` goes with the whole scenario only. */
function scenarioText(state: State, evaluation: Evaluation, events: EventDraft[], whole: "whole" | undefined): string {
  const { draft } = state;
  const list = members(draft, events, wholeTexts(evaluation.fields));
  const texts = new Map(list.map(([name, text]) => [name, readable(name, text)]));
  const all = new Map([
    ["version", "1"],
    ["title", JSON.stringify(draft.title)],
    ...(draft.description === "" ? [] : [["description", JSON.stringify(draft.description)] as const]),
    ...texts,
  ]);
  const expected = evaluation.fields.get(EXPECT_KEY)?.good ?? "";
  if (whole && expected.trim() !== "") all.set("expect", expected);
  if (all.get("options") === "{}") all.delete("options");
  return layOut(objectText(all));
}

/** Details are JSON within a text; a scenario may have them as JSON. */
function readable(name: string, text: string): string {
  if (name === "events") return listText(itemTexts(text).map(withDetail));
  if (name !== "steps") return text;
  return listText(
    itemTexts(text).map((step) => {
      const parts = memberTexts(step);
      const events = parts.get("events");
      return events === undefined ? step : objectText(parts.set("events", readable("events", events)));
    }),
  );
}

function withDetail(entry: string): string {
  const parts = memberTexts(entry);
  const detail = parse(parts.get("Detail") ?? "");
  return typeof detail === "string" && isObject(parse(detail)) ? objectText(parts.set("Detail", detail)) : entry;
}
