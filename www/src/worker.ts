/**
 * The worker behind `model/background.ts`: it is given the engine's code, makes an engine of its own of it, and answers one
 * question after the other.
 *
 * The page imports this module too, for nothing but the address that a worker is made from.
 */
import { checkEvent, checkPattern, compare, explain, init, lint, Simulator, version } from "eventbridge-sim";
import { analyse, type Outcome, type Question as Search } from "./model/analysis.js";
import type { Letter, Reply } from "./model/background.js";
import type { Answered } from "./model/evaluate.js";
import { farAnswer, type Question } from "./model/far.js";
import { Line } from "./model/patch.js";
import { Worlds } from "./model/worlds.js";

export const address = import.meta.url;

/** When nothing was asked for so long, the last answer is worked out again and again; */
const QUIET_MS = 100;
/** for so long in all, */
const REHEARSALS_MS = 1_000;
/** and not where it takes longer than this, since a question may come meanwhile. */
const REHEARSED_MS = 50;

if (!("document" in globalThis)) serve();

function serve(): void {
  const engine = { checkEvent, checkPattern, compare, explain, lint, Simulator, version };
  const worlds = new Worlds(engine);
  let ready: Promise<void> | undefined;
  const line = new Line<Answered | Outcome, Question | Search>();

  const reply = async ({ patch }: Letter): Promise<Reply> => {
    let started = false;
    try {
      await ready;
      started = true;
      const question = line.unpack(patch);
      if (question.ask === "analyse") return { answer: line.pack(analyse(engine, question)) };
      const answer = farAnswer(worlds, question);
      timer = setTimeout(() => rehearse(question), QUIET_MS);
      return { answer: line.pack(answer) };
    } catch (thrown) {
      return { stopped: thrown instanceof Error ? thrown.message : String(thrown), started };
    }
  };

  /**
   * Browsers compile well only what has run often, and until then the engine is several times slower: so that the first keys
   * need not wait for it, it runs often before they come.
   */
  const rehearse = (question: Question): void => {
    const begun = performance.now();
    try {
      farAnswer(worlds, question);
    } catch {
      return; // an engine that has stopped says so at the next question too
    }
    const took = performance.now() - begun;
    left -= took;
    if (left > 0 && took < REHEARSED_MS) timer = setTimeout(() => rehearse(question));
  };
  let left = REHEARSALS_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  addEventListener("message", ({ data }: MessageEvent<Letter | { module: WebAssembly.Module }>) => {
    clearTimeout(timer);
    if ("module" in data) {
      ready = init(data.module);
      return;
    }
    void reply(data).then((it) => postMessage(it));
  });
}
