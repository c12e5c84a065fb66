/** The worker behind `model/background.ts`: it answers one question after the other, with an engine of its own. */
import { checkEvent, checkPattern, compare, explain, init, lint, Simulator, version } from "eventbridge-sim";
import type { Reply } from "./model/background.js";
import { type Answer, farAnswer, type Question } from "./model/far.js";

const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
const ready = init();

async function reply(question: Question): Promise<Reply<Answer>> {
  let started = false;
  try {
    await ready;
    started = true;
    return { answer: farAnswer(engine, question) };
  } catch (thrown) {
    return { stopped: thrown instanceof Error ? thrown.message : String(thrown), started };
  }
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  void reply(data).then((it) => postMessage(it));
});
