/** The page's model, without a browser: texts keep their tokens, and a scenario survives being opened. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Scenario, ScenarioCall } from "../../src/js/types.js";
import { opened, reduce } from "../../www/src/model/actions.js";
import { type Draft, fromScenario, newEvent } from "../../www/src/model/draft.js";
import { layOut, memberTexts, parse } from "../../www/src/model/json-text.js";
import { entryOf, type Texts, toScenarioText } from "../../www/src/model/scenario.js";

const folder = fileURLToPath(new URL("../scenarios/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const scenarioOf = (name: string): Scenario => JSON.parse(readFileSync(folder + name, "utf8")) as Scenario;

test.for([
  `{"a":1.0,"a":1e400,"b":["x",{"c":-0}],"long":"${"y".repeat(80)}"}`,
  '{"quote":"a\\"b{,:}","empty":{},"none":[],"deep":[[[[1]]]]}',
  '[{"Id":"x","Arn":"arn:aws:lambda:us-east-1:123456789012:function:f"}]',
  '"a text"',
  "null",
])("laying out %s changes no token", (text) => {
  const tokens = (it: string) => it.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g);
  expect(tokens(layOut(text))).toEqual(tokens(text));
});

test("a text that is not JSON is left alone", () => {
  expect(layOut("{nope")).toBe("{nope");
});

test("the texts of members are as they were written", () => {
  const members = memberTexts('{ "detail" : {"n": 1.0, "s": "},{"}, "source":"x", "list": [ 1 , 2 ] }');
  expect([...members]).toEqual([
    ["detail", '{"n": 1.0, "s": "},{"}'],
    ["source", '"x"'],
    ["list", "[ 1 , 2 ]"],
  ]);
});

test("a string of megabytes is one token", () => {
  const [plain, escaped] = ["a".repeat(5_000_000), '\\n\\"'.repeat(1_000_000)];
  expect(memberTexts(`{"x":"${plain}","y":"${escaped}"}`).get("y")?.length).toBe(escaped.length + 2);
});

test.for(files)("%s makes the same calls after it was opened", (name) => {
  const scenario = scenarioOf(name);
  const draft = fromScenario(scenario);
  const again = parse(toScenarioText(draft, draft.events, asTyped(draft))) as unknown as Scenario;
  // A permission is shown, and given back, as the policy that it amounts to.
  const others = (calls: ScenarioCall[]) => calls.filter((call) => call.operation !== "PutPermission");
  expect(new Set(others(again.calls).map(plain))).toEqual(new Set(others(withState(scenario.calls)).map(plain)));
  const permissions = (calls: ScenarioCall[]) => calls.length - others(calls).length;
  expect(permissions(again.calls) > 0).toBe(permissions(scenario.calls) > 0);
  expect(again.effects ?? []).toEqual(scenario.effects ?? []);
  expect(again.handlers ?? []).toEqual(scenario.handlers ?? []);
});

test("what an application sends keeps the spelling of its detail", () => {
  const draft = fromScenario({ version: 1, calls: [] });
  const event = newEvent('{"source":"shop","detail-type":"x","detail":{"n":1.0,"n":2.50}}');
  const scenario = parse(toScenarioText(draft, [event], asTyped(draft))) as unknown as { events: { Detail: string }[] };
  expect(scenario.events[0]?.Detail).toBe('{"n":1.0,"n":2.50}');
  expect(entryOf(event.text, event, draft).via).toBe("put-events");
  expect(entryOf('{"source":"aws.s3"}', event, draft).via).toBe("emit");
});

test("actions change what they name and nothing else", () => {
  const before = opened(fromScenario(scenarioOf("ping-pong.json")), "ping-pong");
  const [first, second] = before.draft.rules;
  if (!first || !second) throw new Error("ping-pong has two rules");
  const after = reduce(before, { type: "edit-rule", id: first.id, change: { pattern: "{}" } });
  expect(after.draft.rules.map((rule) => rule.pattern)).toEqual(["{}", second.pattern]);
  expect(after.draft.rules[1]).toBe(second);
  expect(before.draft.rules[0]?.pattern).not.toBe("{}");
});

/** Every text as it is typed, valid or not. */
function asTyped(draft: Draft): Texts {
  return {
    event: (event) => event.text,
    effects: draft.effects,
    policy: (policy) => policy.text,
    pattern: (rule) => rule.pattern,
    targets: (rule) => rule.targets,
  };
}

/** A call, with patterns as values and the default bus spelt out. */
function plain(call: ScenarioCall): string {
  const input = { EventBusName: "default", ...(call.input as Record<string, unknown>) };
  const pattern = "EventPattern" in input ? JSON.parse(String(input.EventPattern)) : null;
  const sorted = Object.entries({ ...input, EventPattern: pattern }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([call.operation, call.account, call.region, sorted]);
}

/** The page keeps whether a rule is enabled with the rule. */
function withState(calls: ScenarioCall[]): ScenarioCall[] {
  const disabled = calls
    .filter((call) => call.operation === "DisableRule")
    .map((call) => (call.input as { Name: string }).Name);
  return calls
    .filter((call) => call.operation !== "DisableRule")
    .map((call) => {
      const input = call.input as Record<string, string>;
      const off = call.operation === "PutRule" && disabled.includes(input.Name ?? "");
      return off ? { ...call, input: { ...input, State: "DISABLED" } } : call;
    });
}
