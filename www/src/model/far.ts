/**
 * Answers from a worker: for drafts that are large, so that typing never waits for them.
 *
 * The worker has an engine of its own and gives what happened as plain data. What that means rule by rule is worked out on the
 * page (`shown`), and explanations when somebody looks.
 */
import type { State } from "./actions.js";
import { type Answered, answerTo, type Evaluation, momentsOf } from "./evaluate.js";
import type { Worlds } from "./worlds.js";

/** More than this many rules, or UTF-16 units of text, are answered by the worker. */
const MANY_RULES = 40;
const LONG_TEXT = 60_000;

export interface Question {
  ask: "evaluate";
  draft: State["draft"];
  cursor: State["cursor"];
  /** As they were: the last valid version of a text may be needed again. */
  fields: Evaluation["fields"];
}

export function isLarge({ draft, cursor }: State): boolean {
  if (draft.rules.length > MANY_RULES) return true;
  const texts = [...momentsOf(draft, cursor), ...draft.policies].map((it) => it.text.length);
  const rules = draft.rules.map((rule) => rule.pattern.length + rule.targets.length);
  return [...texts, ...rules, draft.effects.length].reduce((sum, length) => sum + length, 0) > LONG_TEXT;
}

export function questionOf({ draft, cursor }: State, { fields }: Evaluation): Question {
  return { ask: "evaluate", draft, cursor, fields };
}

/** In the worker. */
export function farAnswer(worlds: Worlds, { draft, cursor, fields }: Question): Answered {
  return answerTo(worlds, draft, cursor, fields);
}
