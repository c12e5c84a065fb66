/**
 * Answers to large drafts on the page itself, where they turn out to be quick.
 *
 * A worker answers large drafts, so that nobody waits for them. But its answer comes back through two more tasks and one more
 * picture of the page, which take longer than the answer itself when the rules have been loaded and only an event, or one
 * of the rules, is typed. So when nothing is asked for a moment, the page loads the rules too, in pieces that nobody
 * notices, and tries how long an answer takes here. As long as that is short, the page answers; what it would have to load
 * anew, or what takes long, is left to the worker.
 */
import type { State } from "./actions.js";
import type { Engine, Simulation } from "./engine.js";
import { type Evaluation, evaluate, remember } from "./evaluate.js";
import { toPieces } from "./scenario.js";
import { textsOf } from "./texts.js";
import { NOT_LOADED, Worlds } from "./worlds.js";

/** More rules than these are never loaded here. */
const MOST_RULES = 400;
/** What takes longer is left to the worker. */
const QUICK_MS = 16;
/** The world is loaded when nothing was asked for so long. */
const QUIET_MS = 250;
/** So many rules are loaded in one task. */
const RULES_AT_ONCE = 8;
/** The engine is compiled while it runs: so many answers are tried, until one is quick. */
const TRIALS = 12;
/** So many answers in a row that are not quick, and the worker has the draft back. */
const MOST_SLOW = 3;

export class Near {
  readonly #engine: Engine;
  readonly #worlds: Worlds;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was begun, so that what is overtaken stops. */
  #run = 0;
  #ready = false;
  #slow = 0;
  /** Rules that could not all be loaded. */
  #refused: State["draft"]["rules"] | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#worlds = new Worlds(engine, { loadedAhead: true });
  }

  /** Nothing where the worker must be asked. */
  answer({ draft, cursor }: State, before: Evaluation): Evaluation | undefined {
    clearTimeout(this.#timer);
    this.#run += 1;
    if (!this.#ready) return undefined;
    const begun = performance.now();
    try {
      const answer = evaluate(this.#worlds, draft, cursor, before);
      this.#slow = performance.now() - begun > QUICK_MS ? this.#slow + 1 : 0;
      if (this.#slow >= MOST_SLOW) this.stop();
      return answer;
    } catch (thrown) {
      this.#ready = false;
      if (thrown !== NOT_LOADED) throw thrown;
      return undefined;
    }
  }

  /** The worker has answered: unless something else is asked soon, the page will be able to. */
  follow(state: State, answered: Evaluation): void {
    clearTimeout(this.#timer);
    const { rules } = state.draft;
    if (this.#ready || this.#slow >= MOST_SLOW || rules.length > MOST_RULES || this.#refused === rules) return;
    this.#timer = setTimeout(() => void this.#load(state, answered), QUIET_MS);
  }

  /** Another draft. */
  forget(): void {
    this.stop();
    this.#slow = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#run += 1;
    this.#ready = false;
    this.#worlds.free();
  }

  async #load(state: State, answered: Evaluation): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    const isOvertaken = (): boolean => run !== this.#run;
    const texts = textsOf(answered.fields);
    let simulation: Simulation | undefined;
    try {
      for (const piece of toPieces(state.draft, texts, RULES_AT_ONCE)) {
        const next: Simulation = simulation ? simulation.fork(piece) : loaded(this.#engine, state, piece);
        simulation?.free();
        simulation = next;
        await pause();
        if (isOvertaken()) return simulation.free();
      }
    } catch {
      // Which the worker tells.
      this.#refused = state.draft.rules;
      return simulation?.free();
    }
    if (simulation) this.#worlds.adopt(simulation, state.draft, texts);
    remember(this.#engine, state.draft, answered.fields);
    await this.#rehearse(state, answered, isOvertaken);
  }

  async #rehearse({ draft, cursor }: State, before: Evaluation, isOvertaken: () => boolean): Promise<void> {
    for (let trial = 0; trial < TRIALS && !isOvertaken(); trial += 1) {
      const begun = performance.now();
      try {
        evaluate(this.#worlds, draft, cursor, before);
      } catch {
        return;
      }
      if (performance.now() - begun <= QUICK_MS) {
        this.#ready = true;
        return;
      }
      await pause();
    }
    if (!isOvertaken()) this.#slow = MOST_SLOW;
  }
}

function loaded(engine: Engine, { draft }: State, piece: string): Simulation {
  const simulation = new engine.Simulator(draft.options);
  simulation.load(piece);
  return simulation;
}

/** Lets the page do what else there is to do. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
