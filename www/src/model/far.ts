/**
 * Answers from a worker: for drafts that are large, so that typing never waits for them.
 *
 * The worker has an engine of its own. Drafts go out and plain data comes back; one answer is under way at a time, and of
 * what is asked meanwhile only the last is answered. Explanations are worked out here, rule by rule, when somebody looks.
 */
import type { State } from "./actions.js";
import type { Engine } from "./engine.js";
import { type Evaluation, type Field, momentsOf, textsOf } from "./evaluate.js";
import { type Happened, runOf } from "./run.js";

/** More than this many rules, or UTF-16 units of text, are answered by the worker. */
const MANY_RULES = 40;
const LONG_TEXT = 60_000;

export interface Question {
  state: State;
  fields: Evaluation["fields"];
}

export type Answer =
  | { evaluation: Omit<Evaluation, "run">; happened: Happened | undefined }
  /** The engine has stopped. */
  | { failed: string };

/** `answered` may be called later; `failed` when there is no worker to be had, and never will be. */
export interface Far {
  ask(state: State, before: Evaluation, answered: (evaluation: Evaluation) => void): void;
}

export function isLarge({ draft, cursor }: State): boolean {
  if (draft.rules.length > MANY_RULES) return true;
  const texts = [...momentsOf(draft, cursor), ...draft.policies].map((it) => it.text.length);
  const rules = draft.rules.map((rule) => rule.pattern.length + rule.targets.length);
  return [...texts, ...rules, draft.effects.length].reduce((sum, length) => sum + length, 0) > LONG_TEXT;
}

export function farAnswers(engine: Engine, worker: Worker, failed: () => void): Far {
  interface Asked {
    state: State;
    before: Evaluation;
    answered: (evaluation: Evaluation) => void;
  }
  let current: Asked | undefined;
  let waiting: Asked | undefined;
  const send = (asked: Asked): void => {
    current = asked;
    worker.postMessage({ state: asked.state, fields: asked.before.fields } satisfies Question);
  };
  worker.addEventListener("error", failed);
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const asked = current;
    const next = waiting;
    current = undefined;
    waiting = undefined;
    if ("failed" in data) return failed();
    if (asked) asked.answered(whole(engine, asked.state, asked.before, data));
    if (next) send(next);
  });
  return {
    ask(state, before, answered) {
      const asked = { state, before, answered };
      if (current) waiting = asked;
      else send(asked);
    },
  };
}

function whole(
  engine: Engine,
  { draft, cursor }: State,
  before: Evaluation,
  answer: Exclude<Answer, { failed: string }>,
): Evaluation {
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
