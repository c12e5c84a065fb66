/**
 * What the browser keeps between visits: the state, in the form that links have too.
 *
 * Storage may be forbidden, full or written by another version. Then the page works as it does without, and says so once.
 */
import type { State } from "../model/actions.js";
import type { Evaluation } from "../model/evaluate.js";
import { parse } from "../model/json-text.js";
import { read, written } from "../model/shapes.js";
import type { Store } from "../model/store.js";
import { KEY } from "./beginning.js";

/** In characters: browsers allow some five million for all pages of a site together. */
const LARGEST = 1_000_000;
const PAUSE_MS = 400;

/** What was there at the end of the last visit. */
export function kept(): State | undefined {
  try {
    const text = localStorage.getItem(KEY);
    if (text === null || text.length > LARGEST) return undefined;
    const state = read(parse(text));
    return typeof state === "string" ? undefined : state;
  } catch {
    return undefined;
  }
}

/** Keeps every state that comes after `from`. Returns how to stop that. */
export function autosave(store: Store, from: State): () => void {
  let saved = from;
  let told = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (saved === store.state) return;
    saved = store.state;
    if (keep(saved, store.evaluation.fields) || told) return;
    told = true;
    const text = "Your browser cannot keep this scenario for the next visit. Export it to be safe.";
    store.say({ tone: "warn", text, undo: false });
  };
  const soon = (): void => {
    if (saved === store.state) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  };
  const stop = store.subscribe(soon);
  soon();
  // The last moment in which a page, above all on a phone, is sure to run.
  const hidden = (): void => {
    if (document.visibilityState === "hidden") save();
  };
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", save);
  return () => {
    stop();
    save();
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", save);
  };
}

function keep(state: State, fields: Evaluation["fields"]): boolean {
  try {
    const text = written(state, fields);
    if (text.length > LARGEST) {
      localStorage.removeItem(KEY);
      return false;
    }
    localStorage.setItem(KEY, text);
    return true;
  } catch {
    return false;
  }
}
