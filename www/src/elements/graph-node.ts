/** `<ebs-graph-node>`: what one node of the graph saw, and why it did what it did. */
import { css, html, LitElement, nothing } from "lit";
import type { TraceNode } from "../../../src/js/types.js";
import type { Picture, PictureNode } from "../graph/picture.js";
import { type Sighting, sightingsOf } from "../graph/sightings.js";
import { shortArn } from "../model/arn.js";
import { layOut, pretty } from "../model/json-text.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { signOf, times } from "../ui/words.js";

/** More than this nobody reads. */
const MOST = 12;

export class GraphNodeElement extends LitElement {
  static override properties = {
    picture: { attribute: false },
    node: { attribute: false },
    trace: { attribute: false },
  };

  static override styles = [
    shared,
    css`
      section {
        margin-top: 10px;
        padding: 10px 12px;
        border: 1px solid var(--accent);
        border-radius: var(--radius);
        background: var(--surface-2);
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      h3 {
        font-size: var(--text);
      }
      ol {
        display: grid;
        gap: 8px;
        margin-top: 8px;
      }
      li {
        padding-top: 8px;
        border-top: 1px solid var(--line);
      }
      summary {
        color: var(--accent);
        padding: 2px 0;
      }
      pre {
        margin-top: 4px;
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface);
        max-height: 220px;
        overflow: auto;
        white-space: pre-wrap;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  declare picture: Picture;
  declare node: PictureNode;
  declare trace: TraceNode[];

  protected override render() {
    const { node, picture } = this;
    const rules = picture.edges
      .filter((edge) => edge.to === node.id && edge.kind === "invokes")
      .map(({ from }) => from);
    const arns = picture.nodes.flatMap(({ id, arn }) => (rules.includes(id) && arn !== undefined ? [arn] : []));
    const { list, count } = sightingsOf(this.trace, node, new Set(arns), MOST);
    return html`<section aria-label="What ${node.kind} ${node.label} saw">
      <header>
        <h3>${node.kind} ${node.label}</h3>
        <button class="plain push" type="button" aria-label="Close" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${icon("cross")}</button>
      </header>
      ${node.arn ? html`<p class="quiet">${node.arn}</p>` : nothing}
      <p>${summary(node, count)}</p>
      ${list.length > 0 ? html`<ol>${list.map((it) => html`<li>${sighting(it)}</li>`)}</ol>` : nothing}
      ${count > list.length ? html`<p class="quiet">and ${(count - list.length).toLocaleString("en")} more</p>` : nothing}
    </section>`;
  }
}

function summary(node: PictureNode, count: number): string {
  switch (node.kind) {
    case "event":
      return count === 1 ? "It was sent:" : `${times(count, "event")} were sent:`;
    case "bus":
      return count === 0 ? "No event came here." : `${times(count, "event")} came here.`;
    case "rule":
      return count === 0 ? "It was not asked: no event came to its bus." : `It was asked ${times(count, "time")}.`;
    default:
      return count === 0 ? "It was not invoked." : `It was invoked ${times(count, "time")}.`;
  }
}

function sighting(it: Sighting) {
  const { event } = it.node;
  const named = html`<b>${event["detail-type"]}</b> from ${event.source}`;
  if (it.kind === "event") {
    const matched = it.node.rules.filter((rule) => rule.outcome === "matched").length;
    return html`<p>event ${named}</p>
      ${
        it.node.dropped === undefined
          ? html`<p class="quiet">${matched} of ${times(it.node.rules.length, "rule")} ${matched === 1 ? "matches" : "match"}</p>`
          : html`<p class="bad">dropped: ${prose(it.node.dropped)}</p>`
      }
      ${json("The event", pretty(event))}`;
  }
  if (it.kind === "rule") {
    const sign = signOf(it.rule.outcome);
    return html`<p><span class="badge ${sign.tone}">${icon(sign.icon)} ${sign.word}</span> for event ${named}</p>
      ${it.rule.reason === undefined ? nothing : html`<p>${prose(it.rule.reason)}</p>`} ${json("The event", pretty(event))}`;
  }
  const { outcome, error, input, emitted, deadLetter } = it.invocation;
  const sign = signOf(outcome);
  return html`<p><span class="badge ${sign.tone}">${icon(sign.icon)} ${sign.word}</span> by rule <b>${it.rule.name}</b>, for event ${named}</p>
    ${error ? html`<p class="bad"><b>${error.code}</b>: ${prose(error.message)}</p>` : nothing}
    ${deadLetter ? html`<p>to the dead-letter queue ${shortArn(deadLetter.arn)}</p>` : nothing}
    ${emitted.length > 0 ? html`<p>then came ${emitted.slice(0, MOST).map((next, at) => html`${at > 0 ? ", " : ""}event <b>${next.event["detail-type"]}</b>`)}</p>` : nothing}
    ${json("What it received", layOut(input))}`;
}

function json(name: string, text: string) {
  return html`<details><summary>${name}</summary><pre tabindex="0" aria-label=${name}>${text}</pre></details>`;
}

customElements.define("ebs-graph-node", GraphNodeElement);
