/** How an element asks for a change: it says the action, the page's root carries it to the store. */
import type { Action } from "../model/actions.js";

export function act(from: EventTarget, action: Action): void {
  from.dispatchEvent(new CustomEvent<Action>("act", { detail: action, bubbles: true, composed: true }));
}
