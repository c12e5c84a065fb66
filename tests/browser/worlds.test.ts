/** One loaded world for many answers, without a browser: each is what a fresh load of the whole scenario comes to. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkEvent, checkPattern, compare, explain, lint, Simulator, version } from "eventbridge-sim";
import { expect, test } from "vitest";
import type { Scenario } from "../../src/js/types.js";
import { type Draft, fromScenario, type RuleDraft } from "../../www/src/model/draft.js";
import { type Evaluation, evaluate, momentsOf, NOTHING } from "../../www/src/model/evaluate.js";
import { toScenarioText } from "../../www/src/model/scenario.js";
import { textsOf } from "../../www/src/model/texts.js";
import { Worlds } from "../../www/src/model/worlds.js";

const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
const folder = fileURLToPath(new URL("../scenarios/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const draftOf = (name: string): Draft => fromScenario(JSON.parse(readFileSync(folder + name, "utf8")) as Scenario);

function cursorAt(event: string | undefined, together = false) {
  return { example: null, event: event ?? "", together, rule: null, bus: null };
}

/** What a simulator says that has loaded the whole scenario at once. */
function loaded(draft: Draft, cursor: ReturnType<typeof cursorAt>, { fields }: Evaluation) {
  const simulator = new Simulator(draft.options);
  simulator.load(toScenarioText(draft, momentsOf(draft, cursor), textsOf(fields)));
  const deliveries = simulator.invocations().map(({ event: _, ...made }) => made);
  const said = [simulator.trace(), deliveries, simulator.observedLoops(), simulator.graph()];
  simulator.free();
  return JSON.parse(JSON.stringify(said)) as unknown;
}

test.for(files)("%s, every event alone and all together, says what a fresh load says", (name) => {
  const draft = draftOf(name);
  const worlds = new Worlds(engine);
  const cursors = [...draft.events.map(({ id }) => cursorAt(id)), cursorAt(draft.events.at(-1)?.id, true)];
  for (const cursor of [...cursors, ...cursors.slice(0, 1)]) {
    const answer = evaluate(worlds, draft, cursor, NOTHING);
    const { run } = answer;
    expect(answer.problems).toEqual([]);
    expect([run?.trace, run?.deliveries, run?.loops, run?.graph]).toEqual(loaded(draft, cursor, answer));
  }
  worlds.free();
});

/** What somebody types, one after the other, into one rule; `undefined` takes it back. */
const KEYS: (Partial<RuleDraft> | undefined)[] = [
  { pattern: '{"source": ["shop"]}' },
  { pattern: '{"source": ["shop"' },
  { pattern: '{"source": [{"prefix": ""}]}' },
  // Read as a pattern, and refused by PutRule.
  { pattern: `{"a": [{"wildcard": "${"*a".repeat(40)}"}]}` },
  undefined,
  { targets: '[{"Id": "new", "Arn": "arn:aws:sqs:us-east-1:123456789012:new"}]' },
  { targets: '[{"Id": "new", "Arn": "arn:aws:sqs:us-east-1:123456789012:new"}, {"Id": "other"' },
  { targets: '[{"Id": "new", "Arn": "no arn"}]' },
  { targets: "" },
  { enabled: false },
  { name: "renamed" },
  { extra: { Description: "other" } },
  { extra: { ScheduleExpression: "rate(1 minute)" } },
  { pattern: "" },
  undefined,
];

test.for(files)("%s says what a fresh load says while its rules are typed", (name) => {
  const first = draftOf(name);
  const cursor = cursorAt(first.events[0]?.id);
  const kept = new Worlds(engine);
  for (const at of first.rules.slice(0, 3).keys()) {
    let [draft, before] = [first, evaluate(kept, first, cursor, NOTHING)];
    for (const key of KEYS) {
      const rule = { ...(key ? draft : first).rules[at], ...key } as RuleDraft;
      draft = { ...draft, rules: draft.rules.map((it, place) => (place === at ? rule : it)) };
      const fresh = new Worlds(engine);
      const expected = evaluate(fresh, draft, cursor, before);
      fresh.free();
      before = evaluate(kept, draft, cursor, before);
      expect(before).toEqual(expected);
      if (before.problems.length === 0) {
        const { run } = before;
        expect([run?.trace, run?.deliveries, run?.loops, run?.graph]).toEqual(
          loaded(draft, { ...cursor, event: run?.trace.length === 0 ? "" : cursor.event }, before),
        );
      }
    }
  }
  kept.free();
});

test.for(files)("%s says what a fresh load says while its first event is typed", (name) => {
  const draft = draftOf(name);
  const [event] = draft.events;
  if (event?.kind !== "event") return;
  const cursor = cursorAt(event.id);
  const kept = new Worlds(engine);
  let before = evaluate(kept, draft, cursor, NOTHING);
  const texts = [
    event.text.replace(/\}\s*$/, ""),
    event.text.replace("}", ', "typed": 1.0}'),
    '{"source": "aws.refused", "detail-type": "x", "detail": []}',
    '{"Source": "aws.shop", "DetailType": "x", "Detail": "{}"}',
    event.text,
  ];
  for (const text of texts) {
    const typed = { ...draft, events: draft.events.map((it) => (it.id === event.id ? { ...it, text } : it)) };
    const fresh = new Worlds(engine);
    const expected = evaluate(fresh, typed, cursor, before);
    fresh.free();
    before = evaluate(kept, typed, cursor, before);
    expect(before).toEqual(expected);
  }
  kept.free();
});

test("a world is loaded once, whatever is typed into events and into a rule", () => {
  let loads = 0;
  class Counting extends Simulator {
    override load(scenario: Scenario | string): string[] {
      loads += 1;
      return super.load(scenario);
    }
  }
  const worlds = new Worlds({ ...engine, Simulator: Counting });
  const rules = ["a", "b", "c"].map((Name) => ({
    operation: "PutRule",
    input: { Name, EventPattern: '{"source":["a"]}' },
  }));
  const first = fromScenario({ version: 1, calls: rules, events: [{ Source: "a", DetailType: "x", Detail: {} }] });
  const cursor = cursorAt(first.events[0]?.id);
  const matched = (draft: Draft): number => {
    const { run, fields } = evaluate(worlds, draft, cursor, NOTHING);
    expect([...fields.values()].filter((field) => field.broken)).toEqual([]);
    return [...(run?.verdicts.values() ?? [])].filter((verdict) => verdict.outcome === "matched").length;
  };
  const withRule = (at: number, change: Partial<RuleDraft>): Draft => ({
    ...first,
    rules: first.rules.map((rule, place) => (place === at ? { ...rule, ...change } : rule)),
  });
  expect(matched(first)).toBe(3);
  expect(
    matched({ ...first, events: first.events.map((it) => ({ ...it, text: it.text.replace('"a"', '"b"') })) }),
  ).toBe(0);
  expect(matched(withRule(0, { pattern: '{"source":["b"]}' }))).toBe(2);
  expect(matched(withRule(1, { enabled: false }))).toBe(2);
  expect(matched(withRule(2, { targets: '[{"Id":"t","Arn":"arn:aws:sqs:us-east-1:123456789012:q"}]' }))).toBe(3);
  expect(loads).toBe(1);
  // A name that something else may speak of, or tags: these are not said again by one call.
  expect(matched(withRule(0, { name: "d" }))).toBe(3);
  expect(loads).toBe(2);
});
