/**
 * One text with its name: in colours, and where the reader may edit, under a text area that is all but its caret
 * transparent. So an editor is a few lines, keys and screen readers find a plain text area, and Tab leads out of it.
 */

import type { Diagnostic } from "../types.js";
import { inWords, type Part } from "./content.js";
import { h, prose } from "./dom.js";
import { coloured, type Mark } from "./tokens.js";

export interface Pane {
  element: HTMLElement;
  /** Shows what is wrong with the text, and what to underline in it. */
  judge(diagnostics: Diagnostic[], marks: Mark[]): void;
}

const MOST_PROBLEMS = 3;

/** `edited` is called when the reader has changed the part's text; without it the pane is read-only. */
export function paneOf(part: Part, edited: (() => void) | undefined): Pane {
  const text = h(
    "pre",
    edited ? { "aria-hidden": "true" } : { tabindex: "0", role: "region", "aria-label": part.name },
  );
  const problems = h("div", edited ? { role: "status" } : {});
  const draw = (marks: Mark[]): void => {
    // A last empty line has no height of its own.
    text.replaceChildren(...(coloured(part.text, marks) as (Node | string)[]), ...(edited ? ["\n"] : []));
  };
  const stack = h("div", { class: edited ? "text edit" : "text" }, text);
  if (edited) {
    const area = h("textarea", { "aria-label": part.name, spellcheck: "false", autocapitalize: "off" });
    area.value = part.text;
    area.addEventListener("input", () => {
      part.text = area.value;
      draw([]);
      edited();
    });
    stack.append(area);
  }
  draw([]);
  return {
    element: h("div", { class: "pane" }, h("div", { class: "title" }, part.name), stack, problems),
    judge(diagnostics, marks) {
      draw(marks);
      problems.replaceChildren(...diagnostics.slice(0, MOST_PROBLEMS).map(problem));
    },
  };
}

function problem(diagnostic: Diagnostic): HTMLElement {
  const { severity } = diagnostic;
  const word = severity === "error" ? "Error" : severity === "warning" ? "Warning" : "Hint";
  return h("p", { class: `problem ${severity}` }, h("strong", {}, word), prose(inWords(diagnostic)));
}
