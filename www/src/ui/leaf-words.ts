/** What explains a rule's answer leaf by leaf, as rows of a list. */
import { html, nothing } from "lit";
import type { LeafResult } from "../../../src/js/types.js";
import { icon } from "./icons.js";
import { prose } from "./prose.js";
import { times } from "./words.js";

export function failedInWords(leaf: LeafResult) {
  return html`<li class="no">${icon("cross")}<span>
    ${leaf.branch === undefined ? nothing : html`<code>${leaf.branch}</code>: `}
    <code>${leaf.path}</code> ${prose(withoutPath(leaf.reason, leaf.path))}
    ${leaf.hint ? html`<span class="hint">${icon("bulb")}<span>${prose(leaf.hint)}</span></span>` : nothing}
  </span></li>`;
}

/** What fails in the branches of `$or` that did not come nearest. */
export function besideInWords(beside: LeafResult[]) {
  return html`<details>
    <summary>In other branches: ${times(beside.length, "mismatch", "mismatches")}</summary>
    <ul class="why" aria-label="Field by field, other branches">${beside.map(failedInWords)}</ul>
  </details>`;
}

export function heldInWords(held: LeafResult[], failed: number) {
  const paths = held.map((leaf, at) => html`${at > 0 ? ", " : ""}<code>${leaf.path}</code>`);
  return failed > 0 ? html`${paths} ${held.length === 1 ? "matches" : "match"}` : html`${paths}`;
}

/** The path already stands in front. */
function withoutPath(reason: string, path: string): string {
  const start = `\`${path}\` `;
  return reason.startsWith(start) ? reason.slice(start.length) : reason;
}
