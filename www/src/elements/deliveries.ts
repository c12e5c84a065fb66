/** `<ebs-deliveries>`: what each target received, as it was delivered. */
import { css, html, LitElement, nothing } from "lit";
import type { Invocation } from "../../../src/js/types.js";
import { layOut } from "../model/json-text.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import { serviceOf, shortArn, signOf, times } from "../ui/words.js";

const SHOWN_GROUPS = 30;
const SHOWN_MORE = 12;

export class DeliveriesElement extends LitElement {
  static override properties = { invocations: { attribute: false } };

  static override styles = [
    shared,
    css`
      .group + .group {
        margin-top: 14px;
      }
      .head {
        margin-bottom: 5px;
        font-size: var(--small);
      }
      .head b {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      pre {
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface-2);
        max-height: 260px;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        line-height: 1.5;
      }
      .error {
        margin-bottom: 5px;
        font-size: var(--small);
        color: var(--bad);
        overflow-wrap: anywhere;
      }
      details {
        margin-top: 6px;
        font-size: var(--small);
      }
      summary {
        color: var(--ink-2);
      }
      details pre {
        margin-top: 6px;
      }
    `,
  ];

  declare invocations: Invocation[];

  protected override render() {
    if (this.invocations.length === 0) return html`<p class="quiet">No target was invoked.</p>`;
    const groups = grouped(this.invocations);
    return html`${groups.slice(0, SHOWN_GROUPS).map((group) => this.#group(group))}
      ${groups.length > SHOWN_GROUPS ? html`<p class="quiet">and ${groups.length - SHOWN_GROUPS} more targets</p>` : nothing}`;
  }

  #group(group: Invocation[]) {
    const [first, ...more] = group;
    if (!first) return nothing;
    const sign = signOf(first.outcome);
    return html`<section class="group" aria-label="Target ${first.targetId} of rule ${shortArn(first.rule)}">
      <div class="row head">
        ${icon("target")} <span class="quiet">${serviceOf(first.target)}</span> <b>${shortArn(first.target)}</b>
        <span class="quiet">by rule ${shortArn(first.rule)}</span>
        <span class="badge push ${sign.tone}">${icon(sign.icon)} ${sign.word}</span>
      </div>
      ${body(first)}
      ${
        more.length > 0
          ? html`<details>
            <summary>${times(more.length, "more delivery", "more deliveries")} to this target</summary>
            ${more.slice(0, SHOWN_MORE).map(body)}
            ${more.length > SHOWN_MORE ? html`<p class="quiet">and ${more.length - SHOWN_MORE} more</p>` : nothing}
          </details>`
          : nothing
      }
    </section>`;
  }
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
