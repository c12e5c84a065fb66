/** The worker behind `model/far.ts`: it answers one draft after the other, with an engine of its own. */
import { checkEvent, checkPattern, compare, explain, init, lint, Simulator, version } from "eventbridge-sim";
import { evaluate, NOTHING } from "./model/evaluate.js";
import type { Answer, Question } from "./model/far.js";

const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
const ready = init();

function answer({ state, fields }: Question): Answer {
  const { run, ...evaluation } = evaluate(engine, state.draft, state.cursor, { ...NOTHING, fields });
  if (!run) return { evaluation, happened: undefined };
  const { trace, invocations, loops, graph, firings } = run;
  return { evaluation, happened: { trace, invocations, loops, graph, firings } };
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  ready
    .then(() => answer(data))
    .catch((thrown: unknown): Answer => ({ failed: thrown instanceof Error ? thrown.message : String(thrown) }))
    .then((it) => postMessage(it));
});
