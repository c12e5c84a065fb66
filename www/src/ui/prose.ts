/** A sentence of the engine: what stands in backticks is set as code. Text all the way, so nothing in it is markup. */
import { html, type TemplateResult } from "lit";

export function prose(text: string): (string | TemplateResult)[] {
  return text.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));
}
