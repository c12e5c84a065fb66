/**
 * What a scenario expects, line by line, and whether it came about.
 *
 * `expect` speaks of the whole scenario, while the page mostly shows one event alone. So all that happens is played once
 * more, from the beginning to the end, and the engine compares.
 */
import type { Diagnostic } from "../../../src/js/types.js";
import type { Draft } from "./draft.js";
import type { Engine, Simulation } from "./engine.js";
import type { Field } from "./evaluate.js";
import { EXPECT_KEY, type FieldKey } from "./fields.js";
import { isObject, type JsonObject, parse } from "./json-text.js";
import { problemOf } from "./problem.js";
import { type Texts, toScenarioText } from "./scenario.js";
import { textsOf } from "./texts.js";

export type Expected = { passed: string[]; failed: string[] } | { problem: Diagnostic };

/** What is expected, if anything is. */
export function wantedOf(fields: ReadonlyMap<FieldKey, Field>): JsonObject | undefined {
  const wanted = parse(fields.get(EXPECT_KEY)?.good ?? "");
  return isObject(wanted) ? wanted : undefined;
}

/** Plays all of it. */
export function expectedOf(engine: Engine, draft: Draft, fields: ReadonlyMap<FieldKey, Field>): Expected | null {
  const wanted = wantedOf(fields);
  if (!wanted) return null;
  const simulation = new engine.Simulator(draft.options);
  try {
    return compared(simulation, wanted, () => simulation.load(toScenarioText(draft, draft.events, wholeTexts(fields))));
  } finally {
    simulation.free();
  }
}

/** With what has happened in a simulator already, or happens first. */
export function compared(simulation: Simulation, wanted: JsonObject, first?: () => unknown): Expected {
  try {
    first?.();
    return simulation.expect(wanted);
  } catch (thrown) {
    // An engine that has stopped says so at the next call too, and whoever asked is to know.
    simulation.now();
    const { range: _, ...problem } = problemOf(thrown);
    return { problem };
  }
}

/** The texts that hold, and events that are not played now, hence not checked, as far as they are JSON. */
export function wholeTexts(fields: ReadonlyMap<FieldKey, Field>): Texts {
  const checked = textsOf(fields);
  const event: Texts["event"] = (it) => checked.event(it) ?? (parse(it.text) === undefined ? null : it.text);
  return { ...checked, event };
}
