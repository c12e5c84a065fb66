/** What is pasted or dropped: recognised, and put where it belongs. */
import { land } from "../model/landing.js";
import { type Part, recognise } from "../model/recognise.js";
import type { Store } from "../model/store.js";

/** Puts a text where it belongs. Pasted over an editor's text of the same kind, it is left to the editor. */
export function bring(store: Store, text: string, over: string | undefined): boolean {
  const found = recognise(text);
  const warn = (words: string): void => store.say({ tone: "warn", text: words, undo: false });
  if (!found) {
    if (over === undefined) warn(unknown(text));
    return false;
  }
  if ("refused" in found) {
    warn(found.refused);
    return false;
  }
  if (over !== undefined && found.parts.every((part) => belongs(part, over))) return false;
  const { state, where } = land(store.state, found.parts);
  if (state === store.state) {
    warn(`${found.what}: ${where}.`);
    return true;
  }
  store.dispatch({ type: "land", state });
  store.say({ tone: "good", text: `${found.what}: ${where}.`, undo: true });
  return true;
}

function belongs(part: Part, over: string): boolean {
  if (part.kind === "events") return over === "event" && part.texts.length === 1;
  return part.kind === over;
}

function unknown(text: string): string {
  try {
    JSON.parse(text);
    return "That is JSON, but neither an event nor a pattern, a rule, a policy or a scenario. Paste it into the editor it is for.";
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.slice(0, 160) : "";
    return `That is not JSON, so it was not taken: ${why}`;
  }
}
