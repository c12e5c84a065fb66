/** `<ebs-trace>`: all that happened, as a tree of text; a row that is clicked is where watching goes on. */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { icon } from "../ui/icons.js";
import { Kept } from "../ui/kept.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import type { TraceRow } from "../ui/trace-rows.js";
import { turn } from "../ui/turn.js";

export class TraceElement extends LitElement {
  static override properties = { rows: { attribute: false }, cut: { type: Boolean }, at: { attribute: false } };

  static override styles = [
    shared,
    css`
      ol {
        position: relative;
        max-height: 420px;
        overflow: auto;
        font-size: var(--small);
        line-height: 1.65;
      }
      li {
        display: flex;
        align-items: flex-start;
        min-width: 0;
        content-visibility: auto;
        contain-intrinsic-height: auto 22px;
      }
      @media print {
        li {
          content-visibility: visible;
        }
      }
      .rest {
        align-items: center;
      }
      .rest svg.icon {
        margin-top: 0;
      }
      .rest button {
        min-height: 24px;
        padding: 0 4px;
        color: var(--accent);
        text-decoration: underline;
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
      .now {
        border-radius: 4px;
        background: var(--accent-soft);
        box-shadow: inset 3px 0 var(--accent);
      }
      .later .said,
      .later b {
        color: var(--ink-3);
        font-weight: 400;
      }
    `,
  ];

  declare rows: TraceRow[];
  /** Whether there is more than the rows. */
  declare cut: boolean;
  /** The row that is watched; those behind it have not happened yet. */
  declare at: number | undefined;
  readonly #shown = new Kept();

  constructor() {
    super();
    this.rows = [];
    this.cut = false;
    this.at = undefined;
  }

  /** The page begins with more than one task is to draw. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  protected override render() {
    const { rows, cut } = this;
    this.#shown.begin();
    return html`<ol aria-label="Trace" tabindex="0">
        ${rows.map((row, index) => this.#row(row, index))}
      </ol>
      ${cut ? html`<p class="quiet">The trace goes on; only its first ${rows.length} rows are shown.</p>` : nothing}`;
  }

  #row({ kind, sign, branch, what, name, text, of }: TraceRow, index: number) {
    const { at } = this;
    const when = at === undefined ? "" : index === at ? "now" : index > at ? "later" : "";
    return this.#shown.item(
      index,
      [kind, sign.tone, sign.icon, branch, what, name, text, when],
      () => html`<li class="${kind} ${sign.tone} ${when}" aria-current=${when === "now" ? "step" : nothing} @click=${() => this.#choose(index)}>
              <span class="branch" aria-hidden="true">${branch}</span>${icon(sign.icon)}<span class="said">${what} <b>${name}</b> ${prose(text)}${of.kind === "rest" ? this.#rest() : nothing}</span></li>`,
    );
  }

  /** For rules that are told together. */
  #rest() {
    const unfold = (event: Event): void => {
      // The click is not one on the row.
      event.stopPropagation();
      this.dispatchEvent(new CustomEvent("unfold"));
      // The button goes.
      this.renderRoot.querySelector("ol")?.focus();
    };
    return html` <button class="plain" type="button" @click=${unfold}>Show them</button>`;
  }

  /** Keeps the watched row in view, without moving the page. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("at") || this.at === undefined) return;
    const list = this.renderRoot.querySelector("ol");
    const row = list?.children[this.at];
    if (!list || !(row instanceof HTMLElement)) return;
    const top = row.offsetTop - list.offsetTop;
    const hidden = top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight;
    if (hidden) list.scrollTop = top - list.clientHeight / 2;
  }

  #choose(row: number): void {
    // A text that is being selected is not a click.
    if (getSelection()?.isCollapsed === false) return;
    this.dispatchEvent(new CustomEvent("choose", { detail: row }));
  }
}

customElements.define("ebs-trace", TraceElement);
