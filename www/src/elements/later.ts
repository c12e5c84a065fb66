/**
 * The parts of the page that nobody needs at first: below the rules, behind a button, in what is opened, for what is pasted.
 * They are loaded when the rest stands; until then their elements are empty, and what they were given waits for them.
 */
import "./effects.js";
import "./firings.js";
import "./new-target.js";
import "./paste.js";
import "./policies.js";
import "./settings.js";
import "./why.js";

export { examples } from "../../examples/index.js";
export { bring } from "../share/bring.js";
