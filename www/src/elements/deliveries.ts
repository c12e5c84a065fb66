/** `<ebs-deliveries>`: what each target received, as it was delivered. */
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { serviceOf, shortArn } from "../model/arn.js";
import { layOut } from "../model/json-text.js";
import type { Made } from "../model/run.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import { turn } from "../ui/turn.js";
import { signOf, times } from "../ui/words.js";

const SHOWN_GROUPS = 30;
const SHOWN_MORE = 4;

export class DeliveriesElement extends LitElement {
  static override properties = { deliveries: { attribute: false }, turned: { state: true } };

  static override styles = [
    shared,
    css`
      .group + .group {
        border-top: 1px solid var(--line);
        margin-top: 8px;
        padding-top: 8px;
      }
      /* What is out of sight is neither laid out nor painted. */
      .group:not([open]) {
        content-visibility: auto;
        contain-intrinsic-height: auto 30px;
      }
      @media print {
        .group:not([open]) {
          content-visibility: visible;
        }
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

  declare deliveries: Made[];
  /** Which groups the reader has opened or closed. */
  declare turned: ReadonlyMap<string, boolean>;

  constructor() {
    super();
    this.deliveries = [];
    this.turned = new Map();
  }

  /** The page begins with more than one task is to draw. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  protected override render() {
    if (this.deliveries.length === 0) return html`<p class="quiet">No target was invoked.</p>`;
    const groups = grouped(this.deliveries);
    return html`${repeat(
      groups.slice(0, SHOWN_GROUPS),
      ([key]) => key,
      ([key, group], at) => this.#group(key, group, this.turned.get(key) ?? at === 0),
    )}
      ${groups.length > SHOWN_GROUPS ? html`<p class="quiet">and ${groups.length - SHOWN_GROUPS} more targets</p>` : nothing}`;
  }

  /** The inputs are laid out when somebody looks at them. */
  #group(key: string, group: Made[], open: boolean) {
    const [first, ...more] = group;
    if (!first) return nothing;
    const sign = signOf(worst(group));
    const count = group.length > 1 ? ` ×${group.length}` : "";
    const turn = (event: Event): void => {
      const now = (event.currentTarget as HTMLDetailsElement).open;
      if (now !== open) this.turned = new Map([...this.turned, [key, now]]);
    };
    return html`<details class="group" ?open=${open} @toggle=${turn}>
      <summary>
        <span class="row head">
          <span class="quiet">${serviceOf(first.target)}</span> <b>${shortArn(first.target)}</b>
          <span class="quiet">by rule ${shortArn(first.rule)}</span>
          <span class="badge push ${sign.tone}">${icon(sign.icon)} ${sign.word}${count}</span>
        </span>
      </summary>
      ${open ? inputs(first, more) : nothing}
    </details>`;
  }
}

function inputs(first: Made, more: Made[]) {
  return html`${body(first)} ${more.slice(0, SHOWN_MORE).map((it, at) => html`<p class="again quiet">${at + 2}. delivery</p>${body(it)}`)}
    ${more.length > SHOWN_MORE ? html`<p class="quiet">and ${times(more.length - SHOWN_MORE, "more delivery", "more deliveries")}</p>` : nothing}`;
}

/** What went wrong shows before what went well. */
function worst(group: Made[]): Made["outcome"] {
  const bad = group.find((it) => it.outcome !== "delivered");
  return bad?.outcome ?? "delivered";
}

function body(delivery: Made) {
  const { error, deadLetter, input } = delivery;
  return html`${error ? html`<p class="error"><b>${error.code}</b>: ${error.message}</p>` : nothing}
    ${deadLetter ? html`<p class="quiet">Dead-letter queue: ${shortArn(deadLetter.arn)}${deadLetter.delivered ? "" : " (not delivered)"}</p>` : nothing}
    <pre tabindex="0" aria-label="Input as delivered">${layOut(input)}</pre>`;
}

/** By rule and target, in the order of the first delivery. */
function grouped(deliveries: Made[]): [string, Made[]][] {
  const groups = new Map<string, Made[]>();
  for (const delivery of deliveries) {
    const key = `${delivery.rule}\n${delivery.targetId}`;
    const group = groups.get(key);
    if (group) group.push(delivery);
    else groups.set(key, [delivery]);
  }
  return [...groups];
}

customElements.define("ebs-deliveries", DeliveriesElement);
