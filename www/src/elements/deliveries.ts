/** `<ebs-deliveries>`: what each target received, as it was delivered. */
import { css, html, LitElement, nothing } from "lit";
import type { Invocation } from "../../../src/js/types.js";
import { serviceOf, shortArn } from "../model/arn.js";
import { layOut } from "../model/json-text.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import { signOf, times } from "../ui/words.js";

const SHOWN_GROUPS = 30;
const SHOWN_MORE = 4;

export class DeliveriesElement extends LitElement {
  static override properties = { invocations: { attribute: false } };

  static override styles = [
    shared,
    css`
      .group + .group {
        border-top: 1px solid var(--line);
        margin-top: 8px;
        padding-top: 8px;
      }
      summary {
        display: flex;
        align-items: baseline;
        gap: 8px;
        padding: 3px 0;
        font-size: var(--small);
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary::before {
        content: "▸";
        color: var(--ink-3);
      }
      details[open] > summary::before {
        content: "▾";
      }
      .head {
        flex: 1;
        min-width: 0;
        gap: 2px 8px;
      }
      .head b {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .again {
        margin-top: 8px;
      }
      pre {
        margin-top: 4px;
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface-2);
        max-height: 200px;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        line-height: 1.5;
      }
      .error {
        margin-top: 4px;
        font-size: var(--small);
        color: var(--bad);
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare invocations: Invocation[];

  protected override render() {
    if (this.invocations.length === 0) return html`<p class="quiet">No target was invoked.</p>`;
    const groups = grouped(this.invocations);
    return html`${groups.slice(0, SHOWN_GROUPS).map((group, at) => this.#group(group, at === 0))}
      ${groups.length > SHOWN_GROUPS ? html`<p class="quiet">and ${groups.length - SHOWN_GROUPS} more targets</p>` : nothing}`;
  }

  #group(group: Invocation[], open: boolean) {
    const [first, ...more] = group;
    if (!first) return nothing;
    const sign = signOf(worst(group));
    const count = group.length > 1 ? ` ×${group.length}` : "";
    return html`<details class="group" ?open=${open}>
      <summary>
        <span class="row head">
          <span class="quiet">${serviceOf(first.target)}</span> <b>${shortArn(first.target)}</b>
          <span class="quiet">by rule ${shortArn(first.rule)}</span>
          <span class="badge push ${sign.tone}">${icon(sign.icon)} ${sign.word}${count}</span>
        </span>
      </summary>
      ${body(first)} ${more.slice(0, SHOWN_MORE).map((it, at) => html`<p class="again quiet">${at + 2}. delivery</p>${body(it)}`)}
      ${more.length > SHOWN_MORE ? html`<p class="quiet">and ${times(more.length - SHOWN_MORE, "more delivery", "more deliveries")}</p>` : nothing}
    </details>`;
  }
}

/** What went wrong shows before what went well. */
function worst(group: Invocation[]): Invocation["outcome"] {
  const bad = group.find((it) => it.outcome !== "delivered");
  return bad?.outcome ?? "delivered";
}

function body(invocation: Invocation) {
  const { error, deadLetter, input } = invocation;
  return html`${error ? html`<p class="error"><b>${error.code}</b>: ${error.message}</p>` : nothing}
    ${deadLetter ? html`<p class="quiet">Dead-letter queue: ${shortArn(deadLetter.arn)}${deadLetter.delivered ? "" : " (not delivered)"}</p>` : nothing}
    <pre tabindex="0" aria-label="Input as delivered">${layOut(input)}</pre>`;
}

/** By rule and target, in the order of the first delivery. */
function grouped(invocations: Invocation[]): Invocation[][] {
  const groups = new Map<string, Invocation[]>();
  for (const invocation of invocations) {
    const key = `${invocation.rule}\n${invocation.targetId}`;
    const group = groups.get(key);
    if (group) group.push(invocation);
    else groups.set(key, [invocation]);
  }
  return [...groups.values()];
}

customElements.define("ebs-deliveries", DeliveriesElement);
