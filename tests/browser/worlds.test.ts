/** Worlds that are loaded before they are needed, without a browser: what comes of them is what a scenario comes to. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkEvent, checkPattern, compare, explain, lint, Simulator, version } from "eventbridge-sim";
import { expect, test } from "vitest";
import type { Scenario } from "../../src/js/types.js";
import { fromScenario } from "../../www/src/model/draft.js";
import { evaluate, NOTHING } from "../../www/src/model/evaluate.js";
import { Worlds } from "../../www/src/model/worlds.js";

const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
const folder = fileURLToPath(new URL("../scenarios/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

test.for(files)("%s, every event alone, says the same in a world that was loaded before", (name) => {
  const draft = fromScenario(JSON.parse(readFileSync(folder + name, "utf8")) as Scenario);
  const worlds = new Worlds(engine);
  for (const { id } of draft.events) {
    const cursor = { example: null, event: id, together: false, rule: null, bus: null };
    const plain = evaluate(engine, draft, cursor, NOTHING);
    for (const _ of ["the first time", "loaded before"]) {
      const { run, ...rest } = evaluate(engine, draft, cursor, NOTHING, worlds);
      expect(rest).toEqual({ ...plain, run: undefined });
      expect(run).toEqual(plain.run);
      worlds.prepare();
    }
  }
});

test("while rules are typed no world is loaded ahead, while events are typed every one is", () => {
  let loaded = 0;
  class Counting extends Simulator {
    override load(scenario: string): string[] {
      loaded += 1;
      return super.load(scenario);
    }
  }
  const worlds = new Worlds({ ...engine, Simulator: Counting });
  const draft = (source: string) =>
    fromScenario({
      version: 1,
      calls: [{ operation: "PutRule", input: { Name: "r", EventPattern: JSON.stringify({ source: [source] }) } }],
      events: [{ Source: "shop", DetailType: "x", Detail: {} }],
    });
  const key = (source: string): void => {
    const typed = draft(source);
    const cursor = { example: null, event: typed.events[0]?.id ?? "", together: false, rule: null, bus: null };
    evaluate({ ...engine, Simulator: Counting }, typed, cursor, NOTHING, worlds);
  };
  const loads = (work: () => void): number => {
    const before = loaded;
    work();
    return loaded - before;
  };
  key("a");
  expect(loads(() => worlds.prepare())).toBe(1);
  expect(loads(() => key("a"))).toBe(0);
  expect(loads(() => key("b"))).toBe(1);
  expect(loads(() => worlds.prepare())).toBe(0);
});
