/**
 * Undo and redo over the whole scenario.
 *
 * What was is kept as it was: states share all that did not change, so a step costs next to nothing. Edits of one text in a
 * row are one step, and moving the cursor is none.
 */
import { type Action, reduce, type State } from "./actions.js";

export interface History {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** Which text was edited last, and when. */
  readonly last: { readonly key: string; readonly at: number } | null;
}

/** More steps than this are not taken back. */
const MOST = 200;
/** A pause this long begins a new step. */
const PAUSE_MS = 1000;

export function begun(present: State): History {
  return { past: [], present, future: [], last: null };
}

/** `now` is a time in milliseconds. */
export function after(history: History, action: Action, now: number): History {
  const { past, present, last } = history;
  if (action.type === "undo" || action.type === "redo") return stepped(history, action.type);
  const next = reduce(present, action);
  if (next === present) return history;
  if (next.draft === present.draft) return { ...history, present: next };
  const key = keyOf(action);
  const goesOn = key !== null && last?.key === key && now - last.at < PAUSE_MS;
  return {
    past: goesOn ? past : [...past, present].slice(-MOST),
    present: next,
    future: [],
    last: key === null ? null : { key, at: now },
  };
}

function stepped(history: History, way: "undo" | "redo"): History {
  const { past, present, future } = history;
  const next = way === "undo" ? past.at(-1) : future[0];
  if (!next) return history;
  return way === "undo"
    ? { past: past.slice(0, -1), present: next, future: [present, ...future], last: null }
    : { past: [...past, present], present: next, future: future.slice(1), last: null };
}

/** The text that an action types in; null for what is a step of its own. */
function keyOf(action: Action): string | null {
  switch (action.type) {
    case "edit-event":
    case "edit-policy":
      return `${action.type} ${action.id}`;
    case "edit-rule":
      return "pattern" in action.change || "targets" in action.change
        ? `${action.id} ${Object.keys(action.change).join()}`
        : null;
    case "edit-effect":
      return `${action.type} ${action.at} ${action.member}`;
    case "edit-effects":
    case "edit-expect":
    case "edit-title":
      return action.type;
    default:
      return null;
  }
}
