/**
 * Answers from a worker: for drafts that are large, so that typing never waits for them.
 *
 * The worker has an engine of its own and gives what happened as plain data. Explanations are worked out here, rule by
 * rule, when somebody looks.
 */
import type { State } from "./actions.js";
import type { Engine } from "./engine.js";
import { type Evaluation, evaluate, type Field, momentsOf, NOTHING } from "./evaluate.js";
import { type Happened, runOf } from "./run.js";
import { textsOf } from "./texts.js";
import type { Worlds } from "./worlds.js";

/** More than this many rules, or UTF-16 units of text, are answered by the worker. */
const MANY_RULES = 40;
const LONG_TEXT = 60_000;

export interface Question {
  ask: "evaluate";
  state: State;
  /** As they were: the last valid version of a text may be needed again. */
  fields: Evaluation["fields"];
}

export interface Answer {
  evaluation: Omit<Evaluation, "run">;
  happened: Happened | undefined;
}

export function isLarge({ draft, cursor }: State): boolean {
  if (draft.rules.length > MANY_RULES) return true;
  const texts = [...momentsOf(draft, cursor), ...draft.policies].map((it) => it.text.length);
  const rules = draft.rules.map((rule) => rule.pattern.length + rule.targets.length);
  return [...texts, ...rules, draft.effects.length].reduce((sum, length) => sum + length, 0) > LONG_TEXT;
}

export function questionOf(state: State, before: Evaluation): Question {
  return { ask: "evaluate", state, fields: before.fields };
}

/** In the worker. */
export function farAnswer(engine: Engine, worlds: Worlds, { state, fields }: Question): Answer {
  const { run, ...evaluation } = evaluate(engine, state.draft, state.cursor, { ...NOTHING, fields }, worlds);
  if (!run) return { evaluation, happened: undefined };
  const { trace, invocations, loops, graph, firings } = run;
  // What was expected of it is in the evaluation.
  return { evaluation, happened: { trace, invocations, loops, graph, firings } };
}

/** Back on the page: the answer to `state`, with what can be worked out when somebody looks. */
export function whole(engine: Engine, { draft, cursor }: State, before: Evaluation, answer: Answer): Evaluation {
  const { evaluation, happened } = answer;
  const texts = textsOf(evaluation.fields);
  const last = momentsOf(draft, cursor).at(-1);
  const run = happened ? runOf(engine, happened, draft, texts, (last && texts.event(last)) ?? null) : before.run;
  return { ...evaluation, fields: settled(evaluation.fields, before.fields), run };
}

/** What came back is a copy. Where it says what was said before, the old object stays, so that nothing is drawn again. */
function settled(fields: Evaluation["fields"], before: Evaluation["fields"]): Evaluation["fields"] {
  const kept = [...fields].map(([key, field]): [string, Field] => {
    const was = before.get(key);
    const same =
      was?.good === field.good &&
      was.broken === field.broken &&
      JSON.stringify(was.diagnostics) === JSON.stringify(field.diagnostics);
    return [key, same ? was : field];
  });
  return new Map(kept);
}
