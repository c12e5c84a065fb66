/**
 * The one store of the page: the state, what it was before, the answer to it, and who wants to know.
 *
 * Actions change the state at once, so that editors never lag. An answer that takes no time is given at once too, so that
 * one picture of the page shows both; others follow a moment later, when typing pauses, or come from a worker.
 */
import type { Diagnostic, Preset } from "../../../src/js/types.js";
import { type Action, opened, type State } from "./actions.js";
import { type Background, background } from "./background.js";
import { emptyDraft } from "./draft.js";
import type { Engine } from "./engine.js";
import { type Answered, type Evaluation, evaluate, NOTHING, shown } from "./evaluate.js";
import { isLarge, type Question, questionOf } from "./far.js";
import { after, begun, type History } from "./history.js";
import type { Near } from "./near.js";
import { problemOf } from "./problem.js";
import { Worlds } from "./worlds.js";

/** A short word to the reader about what was just done or could not be done. */
export interface Notice {
  tone: "good" | "warn";
  text: string;
  /** Whether it can be taken back by undoing one step. */
  undo: boolean;
}

export interface Store {
  readonly state: State;
  readonly evaluation: Evaluation;
  /** What targets may do, as the engine knows it. */
  readonly presets: Preset[];
  readonly notice: Notice | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  dispatch(action: Action): void;
  /** Tells the reader something; null takes it away. */
  say(notice: Notice | null): void;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** The engine is there: answers begin. */
  attach(engine: Engine): void;
}

/** An answer that takes no longer than this is given together with the key, */
const AT_ONCE_MS = 5;
/** than this, after each key; else when typing pauses. */
const QUICK_MS = 10;
const PAUSE_MS = 100;
/** An answer that takes longer than this is given by the worker the next time. */
const SLOW_MS = 30;

/** What is answered when typing pauses. All else is answered at once. */
const TYPING: readonly Action["type"][] = [
  "edit-event",
  "edit-rule",
  "edit-policy",
  "edit-effect",
  "edit-effects",
  "edit-expect",
  "edit-title",
];

/** What large drafts need, loaded with the first of them. */
export interface ForLarge {
  startWorker: () => Promise<Worker>;
  near: (engine: Engine) => Promise<Near>;
}

/** Without `forLarge` everything is answered here, at whatever size. */
export function createStore(initial: State = opened(emptyDraft(), null), forLarge?: ForLarge): Store {
  let history: History = begun(initial);
  let evaluation = beginning(initial);
  let worlds: Worlds | null = null;
  let presets: Preset[] = [];
  let notice: Notice | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  /** How long the last answer took here. */
  let took = 0;
  /** Whether the worker answers: it takes the last of what was typed meanwhile, so nothing need wait for a pause. */
  let away = false;
  let far: Background<Question, Answered> | undefined;
  let near: Near | undefined;
  /** Counts what was asked, so that an answer that was overtaken is not shown. */
  let asked = 0;

  const answerHere = (): void => {
    const begun = performance.now();
    const [ready, { draft, cursor }] = [worlds, history.present];
    if (ready) evaluation = safely((before) => evaluate(ready, draft, cursor, before), evaluation);
    took = performance.now() - begun;
    notify();
  };
  /** What the worker would answer, if the page knows it as soon. */
  const answerNear = (): boolean => {
    const found = near ? safely((before) => near?.answer(history.present, before), evaluation) : undefined;
    if (!found) return false;
    evaluation = found;
    notify();
    return true;
  };
  /** Where it cannot be loaded, the worker goes on answering. */
  const comeNear = async (engine: Engine, state: State): Promise<void> => {
    near ??= await forLarge?.near(engine).catch(() => undefined);
    if (state === history.present) near?.follow(state, evaluation);
  };
  const answer = (): void => {
    clearTimeout(timer);
    asked += 1;
    const number = asked;
    const ready = worlds;
    away = ready !== null && forLarge !== undefined && (took > SLOW_MS || isLarge(history.present));
    if (!ready || !forLarge || !away) {
      answerHere();
      return;
    }
    if (answerNear()) return;
    const [state, before, begun] = [history.present, evaluation, performance.now()];
    // What would have to be loaded is answered by the worker from now on.
    ready.free();
    far ??= background(forLarge.startWorker);
    far.ask(questionOf(state, before), (reply) => {
      // Something else was asked meanwhile, or answered here.
      if (number !== asked) return;
      if (reply === "here") return answerHere();
      evaluation =
        "stopped" in reply
          ? { ...before, problems: [stopped(reply)] }
          : shown(ready.engine, state.draft, state.cursor, before, reply);
      // What is small again and answered quickly comes home.
      if (!isLarge(state)) took = Math.min(took, performance.now() - begun);
      if (!("stopped" in reply)) void comeNear(ready.engine, state);
      notify();
    });
    // The worker is at it already, while the page shows what was typed.
    notify();
  };

  return {
    get state() {
      return history.present;
    },
    get evaluation() {
      return evaluation;
    },
    get presets() {
      return presets;
    },
    get notice() {
      return notice;
    },
    get canUndo() {
      return history.past.length > 0;
    },
    get canRedo() {
      return history.future.length > 0;
    },
    dispatch(action) {
      const { draft, cursor } = history.present;
      history = after(history, action, Date.now());
      const next = history.present;
      if (next.draft === draft && next.cursor === cursor) return;
      if (next.draft !== draft) notice = null;
      if (action.type === "open" || action.type === "open-empty" || action.type === "restore") {
        evaluation = beginning(next);
        took = 0;
        near?.forget();
      }
      // Where the reader looks changes nothing in the answer.
      if (action.type === "look-at-rule" || action.type === "choose-bus") return notify();
      if (away || !TYPING.includes(action.type)) return answer();
      if (worlds && took > 0 && took <= AT_ONCE_MS) return answer();
      notify();
      clearTimeout(timer);
      timer = setTimeout(answer, took <= QUICK_MS ? 0 : PAUSE_MS);
    },
    say(next) {
      notice = next;
      notify();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach(ready) {
      worlds = new Worlds(ready);
      answer();
      // The answer comes first; a form that offers presets can wait for a task of its own.
      setTimeout(() => {
        presets = presetsOf(ready);
        notify();
      });
    },
  };
}

/** Nothing is answered yet; what stands in for a broken text may be known. */
function beginning({ held }: State): Evaluation {
  if (!held) return NOTHING;
  return {
    ...NOTHING,
    fields: new Map([...held].map(([key, good]) => [key, { diagnostics: [], broken: true, good }])),
  };
}

/** Only an engine that has stopped throws here. What was answered before stays in view, and the reader is told. */
function safely<Found>(ask: (before: Evaluation) => Found, before: Evaluation): Found | Evaluation {
  try {
    return ask(before);
  } catch (thrown) {
    return { ...before, problems: [problemOf(thrown)] };
  }
}

/** The engine that answered large drafts; the next change gets a new one. */
function stopped(reply: { stopped: string }): Diagnostic {
  return problemOf(new Error(`the engine stopped over this: ${reply.stopped}`));
}

function presetsOf(engine: Engine): Preset[] {
  const simulation = new engine.Simulator();
  try {
    return simulation.presets();
  } finally {
    simulation.free();
  }
}
