/**
 * The one store of the page: the state, the answer to it, and who wants to know.
 *
 * Actions change the state at once, so that editors never lag; the answer follows a moment later, when typing pauses.
 */
import type { Preset } from "../../../src/js/types.js";
import { type Action, opened, reduce, type State } from "./actions.js";
import { emptyDraft } from "./draft.js";
import type { Engine } from "./engine.js";
import { type Evaluation, evaluate, NOTHING } from "./evaluate.js";
import { problemOf } from "./problem.js";

export interface Store {
  readonly state: State;
  readonly evaluation: Evaluation;
  /** What targets may do, as the engine knows it. */
  readonly presets: Preset[];
  dispatch(action: Action): void;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** The engine is there: answers begin. */
  attach(engine: Engine): void;
}

/** Long enough not to answer every keystroke of a burst, short enough to feel immediate. */
const PAUSE_MS = 120;

export function createStore(initial: State = opened(emptyDraft(), null)): Store {
  let state = initial;
  let evaluation = NOTHING;
  let engine: Engine | null = null;
  let presets: Preset[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const answer = (): void => {
    clearTimeout(timer);
    if (!engine) return;
    evaluation = safely(engine, state, evaluation);
    notify();
  };

  return {
    get state() {
      return state;
    },
    get evaluation() {
      return evaluation;
    },
    get presets() {
      return presets;
    },
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state === before) return;
      const whole = action.type === "open" || action.type === "open-empty";
      if (whole) evaluation = NOTHING;
      if (whole || action.type === "choose-event") return answer();
      notify();
      if (action.type === "look-at-rule") return;
      clearTimeout(timer);
      timer = setTimeout(answer, PAUSE_MS);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach(ready) {
      engine = ready;
      presets = presetsOf(ready);
      answer();
    },
  };
}

/** Only an engine that has stopped throws here. What was answered before stays in view, and the reader is told. */
function safely(engine: Engine, state: State, before: Evaluation): Evaluation {
  try {
    return evaluate(engine, state.draft, state.cursor, before);
  } catch (thrown) {
    return { ...before, problems: [problemOf(thrown)] };
  }
}

function presetsOf(engine: Engine): Preset[] {
  const simulation = new engine.Simulator();
  try {
    return simulation.presets();
  } finally {
    simulation.free();
  }
}
