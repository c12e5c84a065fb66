/**
 * A sentence of the engine: what stands in backticks is set as code. Text all the way, so nothing in it is markup.
 *
 * Sentences quote what was typed, and that may be megabytes: past `LONGEST` they are cut.
 */
import { html, type TemplateResult } from "lit";

const LONGEST = 500;

export function prose(text: string): (string | TemplateResult)[] {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return shown.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));
}
