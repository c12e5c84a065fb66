/** `<ebs-trace>`: all that happened, as a tree of text. */
import { css, html, LitElement, nothing } from "lit";
import type { TraceNode } from "../../../src/js/types.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { rowsOf } from "../ui/trace-rows.js";

export class TraceElement extends LitElement {
  static override properties = { trace: { attribute: false } };

  static override styles = [
    shared,
    css`
      ol {
        max-height: 560px;
        overflow: auto;
        font-size: var(--small);
        line-height: 1.65;
      }
      li {
        display: flex;
        align-items: flex-start;
        min-width: 0;
      }
      .branch {
        flex: none;
        white-space: pre;
        font-family: var(--mono);
        color: var(--line-strong);
        user-select: none;
      }
      svg.icon {
        margin: 4px 6px 0 0;
        color: var(--ink-3);
      }
      .good svg.icon {
        color: var(--good);
      }
      .bad svg.icon {
        color: var(--bad);
      }
      .said {
        min-width: 180px;
        overflow-wrap: anywhere;
        color: var(--ink-2);
      }
      .said b {
        font-weight: 600;
        color: var(--ink);
      }
      .bad .said {
        color: var(--bad);
      }
    `,
  ];

  declare trace: TraceNode[];

  protected override render() {
    const { rows, cut } = rowsOf(this.trace);
    return html`<ol aria-label="Trace" tabindex="0">
        ${rows.map(
          (row) =>
            html`<li class="${row.kind} ${row.sign.tone}"><span class="branch" aria-hidden="true">${row.branch}</span>${icon(row.sign.icon)}<span class="said">${row.what} <b>${row.name}</b> ${prose(row.text)}</span></li>`,
        )}
      </ol>
      ${cut ? html`<p class="quiet">The trace goes on; only its first ${rows.length} rows are shown.</p>` : nothing}`;
  }
}

customElements.define("ebs-trace", TraceElement);
