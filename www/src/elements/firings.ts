/** `<ebs-firings>`: when the schedule of a rule fires next, by the scenario's clock. */
import { css, html, LitElement, nothing } from "lit";
import { shared } from "../ui/styles.js";

export class FiringsElement extends LitElement {
  static override properties = { firings: { attribute: false } };

  static override styles = [
    shared,
    css`
      p {
        margin: 6px 0 2px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: var(--small);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** The clock, and the next times. */
  declare firings: { now: string; next: string[] } | undefined;

  protected override render() {
    if (!this.firings) return nothing;
    const { now, next } = this.firings;
    if (next.length === 0) return html`<p>It fires no more after ${clock(now)}.</p>`;
    return html`<p id="next">The clock stands at ${clock(now)}; it fires at</p>
      <ol aria-labelledby="next">
        ${next.map((time) => html`<li><time datetime=${time}>${clock(time)}</time></li>`)}
      </ol>
      <p>A step "time passes" among the events moves the clock.</p>`;
  }
}

/** `2026-01-01 12:00:00 UTC` */
function clock(time: string): string {
  return time.replace("T", " ").replace("Z", " UTC");
}

customElements.define("ebs-firings", FiringsElement);
