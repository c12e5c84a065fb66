/** `<ebs-result>`: the answer: loops, the way taken, what targets got, the trace. */
import { css, html, LitElement, nothing } from "lit";
import type { LoopReport } from "../../../src/js/types.js";
import type { Evaluation } from "../model/evaluate.js";
import type { Run } from "../model/run.js";
import { icon } from "../ui/icons.js";
import { column, stack } from "../ui/pieces.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { turn } from "../ui/turn.js";
import "./deliveries.js";
import "./graph-watch.js";
import "./loop-banner.js";

const SHOWN_LOOPS = 3;

export class ResultElement extends LitElement {
  static override properties = {
    evaluation: { attribute: false },
    foreseen: { attribute: false },
    waiting: { type: Boolean },
  };

  static override styles = [
    shared,
    column,
    stack,
    css`
      .summary {
        color: var(--ink-2);
        font-size: var(--small);
      }
      .notice {
        display: flex;
        gap: 8px;
        padding: 8px 10px;
        border-radius: 6px;
        font-size: var(--small);
        background: var(--warn-soft);
        overflow-wrap: anywhere;
      }
      .notice svg.icon {
        margin-top: 3px;
        color: var(--warn);
      }
      .notice.bad {
        background: var(--bad-soft);
      }
      .notice.bad svg.icon {
        color: var(--bad);
      }
      .empty {
        padding: 28px 20px;
        text-align: center;
        color: var(--ink-2);
      }
    `,
  ];

  declare evaluation: Evaluation;
  /** Loops that are known without an event. */
  declare foreseen: LoopReport[];
  declare waiting: boolean;

  /** The page begins with more than one task is to draw. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  protected override render() {
    const { run, problems, stale } = this.evaluation;
    return html`
      <header class="row">
        <h2>Result</h2>
        <p class="summary" role="status">${run ? summary(run) : ""}</p>
      </header>
      <div class="parts">
        ${problems.map(
          (it) =>
            html`<p class="notice bad" role="alert">${icon("warn")}<span><strong>${it.code}</strong>: ${prose(it.message)} ${prose(it.help ?? "")}</span></p>`,
        )}
        ${
          stale.length > 0
            ? html`<p class="notice" role="status">${icon("clock")}<span>Shown for the last valid version of ${list(stale)}.</span></p>`
            : nothing
        }
        ${run ? this.#parts(run) : html`<p class="card empty">${this.waiting ? "Starting the engine…" : "The answer appears here as soon as there is a valid event."}</p><slot></slot>`}
      </div>
    `;
  }

  #parts(run: Run) {
    const sent = run.trace.length > 0;
    return html`
      ${run.loops.slice(0, SHOWN_LOOPS).map((loop) => html`<ebs-loop-banner .loop=${loop}></ebs-loop-banner>`)}
      ${run.loops.length > SHOWN_LOOPS ? html`<p class="quiet">and ${run.loops.length - SHOWN_LOOPS} more loops</p>` : nothing}
      <ebs-graph-watch .run=${run} .foreseen=${this.foreseen}></ebs-graph-watch>
      <slot></slot>
      ${
        sent
          ? html`<section class="card part" aria-label="What each target receives">
              <h2>What each target receives</h2>
              <ebs-deliveries .deliveries=${run.deliveries}></ebs-deliveries>
            </section>`
          : html`<p class="card empty">No event arrived on a bus. The event editor says why, or is empty.</p>`
      }
    `;
  }
}

function summary(run: Run): string {
  const { current, trace } = run;
  if (!current) return "";
  if (current.dropped !== undefined) return `The event was dropped: ${current.dropped}.`;
  const matched = current.rules.filter((rule) => rule.outcome === "matched").length;
  const counts = [`Rules that match: ${matched} of ${current.rules.length}`, `deliveries: ${run.deliveries.length}`];
  if (trace.length > 1) counts.unshift(`events sent: ${trace.length}`);
  if (run.loops.length > 0) counts.push(`loops: ${run.loops.length}`);
  return counts.join(" · ");
}

function list(names: string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

customElements.define("ebs-result", ResultElement);
