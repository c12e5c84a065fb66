/** Large drafts answered on the page itself, without a browser: a world loaded in pieces says what a fresh load says. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkEvent, checkPattern, compare, explain, lint, Simulator, version } from "eventbridge-sim";
import { expect, test } from "vitest";
import type { Scenario } from "../../src/js/types.js";
import type { State } from "../../www/src/model/actions.js";
import { fromScenario } from "../../www/src/model/draft.js";
import { type Evaluation, evaluate, NOTHING } from "../../www/src/model/evaluate.js";
import { Near } from "../../www/src/model/near.js";
import { Worlds } from "../../www/src/model/worlds.js";

const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
const folder = fileURLToPath(new URL("../scenarios/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

function stateOf(scenario: Scenario): State {
  const draft = fromScenario(scenario);
  const event = draft.events[0]?.id ?? "";
  return { draft, cursor: { example: null, event, together: false, rule: null, bus: null } };
}

const rules = (count: number): Scenario => ({
  version: 1,
  calls: Array.from({ length: count }, (_, at) => ({
    operation: "PutRule",
    input: { Name: `rule-${at}`, EventPattern: `{"source":["s${at}"]}` },
  })),
  events: [{ Source: "s3", DetailType: "x", Detail: {} }],
});

/** What a world says that is loaded at once. */
function afresh({ draft, cursor }: State, before: Evaluation): Evaluation {
  const worlds = new Worlds(engine);
  const answer = evaluate(worlds, draft, cursor, before);
  worlds.free();
  return answer;
}

/** The answer, once the page can give it. A machine that is busy may need more than one attempt. */
async function answered(near: Near, state: State, before: Evaluation): Promise<Evaluation | undefined> {
  let answer: Evaluation | undefined;
  for (let attempt = 0; attempt < 20 && !answer; attempt += 1) {
    near.forget();
    near.follow(state, before);
    await new Promise((resolve) => setTimeout(resolve, 400 + attempt * 100));
    answer = near.answer(state, before);
  }
  return answer;
}

test.for(files.filter((name) => name !== "fan-out.json"))(
  "%s, loaded in pieces, says what a fresh load says",
  async (name) => {
    const state = stateOf(JSON.parse(readFileSync(folder + name, "utf8")) as Scenario);
    const before = afresh(state, NOTHING);
    const near = new Near(engine);
    expect(near.answer(state, before)).toBeUndefined();
    const answer = await answered(near, state, before);
    expect(answer).toEqual(afresh(state, before));
    near.stop();
    expect(near.answer(state, before)).toBeUndefined();
  },
);

test("what would have to be loaded anew is left to the worker", async () => {
  const state = stateOf(rules(30));
  const before = afresh(state, NOTHING);
  const near = new Near(engine);
  expect(await answered(near, state, before)).toBeDefined();
  const withPattern = (count: number, pattern: string): State => ({
    ...state,
    draft: {
      ...state.draft,
      rules: state.draft.rules.map((rule, at) => (at < count ? { ...rule, pattern } : rule)),
    },
  });
  // One rule that is typed is not.
  const typed = withPattern(1, '{"source":["s3"]}');
  expect(near.answer(typed, before)).toEqual(afresh(typed, before));
  // Nor is an event that is refused beside it.
  const refused = {
    ...typed,
    draft: {
      ...typed.draft,
      events: typed.draft.events.map((it) => ({ ...it, text: it.text.replace("source", "x") })),
    },
  };
  expect(refused.draft.events[0]?.text).not.toBe(typed.draft.events[0]?.text);
  const answer = near.answer(refused, before);
  expect(answer).toEqual(afresh(refused, before));
  expect(answer?.fields.get(refused.cursor.event)?.broken).toBe(true);
  expect(near.answer(withPattern(20, '{"source":["s4"]}'), before)).toBeUndefined();
  // It is forgotten until the worker has answered.
  expect(near.answer(state, before)).toBeUndefined();
  near.stop();
});

test("what is refused is not loaded, and hundreds of rules stay with the worker", async () => {
  const refused = rules(3);
  refused.calls.push({ operation: "PutTargets", input: { Rule: "nobody", Targets: [{ Id: "t", Arn: "no arn" }] } });
  for (const scenario of [refused, rules(401)]) {
    const state = stateOf(scenario);
    const near = new Near(engine);
    near.follow(state, { ...NOTHING, fields: afresh(state, NOTHING).fields });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(near.answer(state, NOTHING)).toBeUndefined();
    near.stop();
  }
});
