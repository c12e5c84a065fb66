/**
 * The worker behind `model/background.ts`: it answers one question after the other, with an engine of its own.
 *
 * The page imports this module too, for nothing but the address that a worker is made from.
 */
import { checkEvent, checkPattern, compare, explain, init, lint, Simulator, version } from "eventbridge-sim";
import { analyse, type Outcome, type Question as Search } from "./model/analysis.js";
import type { Reply } from "./model/background.js";
import { type Answer, farAnswer, type Question } from "./model/far.js";
import { Worlds } from "./model/worlds.js";

export const address = import.meta.url;

if (!("document" in globalThis)) serve();

function serve(): void {
  const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
  const worlds = new Worlds(engine);
  const ready = init();

  const reply = async (question: Question | Search): Promise<Reply<Answer | Outcome>> => {
    let started = false;
    try {
      await ready;
      started = true;
      return { answer: question.ask === "analyse" ? analyse(engine, question) : farAnswer(engine, worlds, question) };
    } catch (thrown) {
      return { stopped: thrown instanceof Error ? thrown.message : String(thrown), started };
    }
  };

  addEventListener("message", ({ data }: MessageEvent<Question | Search>) => {
    void reply(data).then((it) => {
      postMessage(it);
      if (data.ask === "evaluate") setTimeout(() => worlds.prepare());
    });
  });
}
