/** `<ebs-loop-banner>`: one loop: its verdict, its cycle step by step, and why. */
import { css, html, LitElement, nothing } from "lit";
import type { LoopReport } from "../../../src/js/types.js";
import { shortArn } from "../model/arn.js";
import { pretty } from "../model/json-text.js";
import { roundOf } from "../model/round.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";

const verdicts: Record<LoopReport["verdict"], { title: string; one: string; several: string }> = {
  proven: {
    title: "Loop, proven",
    one: "This rule fires itself for ever.",
    several: "These rules fire each other for ever.",
  },
  suspected: {
    title: "Loop, suspected",
    one: "This rule kept firing itself until the simulator stopped it.",
    several: "These rules kept firing each other until the simulator stopped them.",
  },
  possible: {
    title: "Loop, possible",
    one: "This rule can fire itself once.",
    several: "These rules can fire each other once around.",
  },
  cut: {
    title: "Loop, cut",
    one: "This rule would fire itself but for one switch.",
    several: "These rules would fire each other but for one switch.",
  },
};

export class LoopBannerElement extends LitElement {
  static override properties = { loop: { attribute: false } };

  static override styles = [
    shared,
    css`
      section {
        padding: 12px 14px;
        border: 1px solid var(--bad);
        border-left-width: 4px;
        border-radius: var(--radius);
        background: var(--bad-soft);
      }
      section.soft {
        border-color: var(--warn);
        background: var(--warn-soft);
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 7px;
        font-size: 15px;
        color: var(--bad);
      }
      .soft h2 {
        color: var(--warn);
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 6px;
        align-items: center;
        margin: 8px 0;
        font-size: var(--small);
      }
      ol li {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
        max-width: 100%;
      }
      .step {
        padding: 1px 8px;
        border-radius: 5px;
        background: var(--surface);
        border: 1px solid var(--line);
        overflow-wrap: anywhere;
      }
      .step b {
        font-weight: 600;
      }
      .step span {
        color: var(--ink-3);
      }
      .again {
        border-style: dashed;
        border-color: currentColor;
      }
      p {
        font-size: var(--small);
        color: var(--ink-2);
        overflow-wrap: anywhere;
      }
      .fix {
        margin-top: 6px;
      }
      pre {
        margin-top: 4px;
        overflow: auto;
      }
    `,
  ];

  declare loop: LoopReport;

  protected override render() {
    const { loop } = this;
    const { title, one, several } = verdicts[loop.verdict];
    const hops = roundOf(loop.path);
    const untold = loop.testedPaths.filter((path) => !loop.reason.includes(`\`${path}\``));
    return html`<section class=${loop.verdict === "proven" ? "" : "soft"} role="alert" data-verdict=${loop.verdict}>
      <h2>${icon("loop")} ${title}</h2>
      <p>${hops.length > 1 ? several : one}${loop.count > 1 ? ` Stopped ${times(loop.count, "time")}.` : ""}</p>
      <ol aria-label="The cycle">
        ${hops.map(
          (
            hop,
            at,
          ) => html`<li><span class="step"><span>rule</span> <b>${shortArn(hop.rule)}</b></span>${icon("arrow")}</li>
            <li><span class="step"><span>target</span> <b>${shortArn(hop.target)}</b></span>${icon("arrow")}</li>
            <li><span class="step"><span>${hop.by === "bus" ? "forwards" : "emits"}</span> <b>${(hops[at + 1] ?? hops[0])?.event["detail-type"] ?? ""}</b></span>${icon("arrow")}</li>`,
        )}
        <li><span class="step again"><span>again rule</span> <b>${shortArn(hops[0]?.rule ?? "")}</b></span></li>
      </ol>
      <p>${prose(sentence(loop.reason))}</p>
      ${
        untold.length > 0
          ? html`<p>What the rules test on the way: ${untold.map((path, at) => html`${at > 0 ? ", " : ""}<code>${path}</code>`)}.</p>`
          : nothing
      }
      ${
        loop.fix
          ? html`<div class="fix"><p><b>To break it:</b> ${prose(loop.fix.explanation)}</p><pre>${pretty(loop.fix.pattern ?? {})}</pre></div>`
          : nothing
      }
    </section>`;
  }
}

function sentence(text: string): string {
  const end = /[.!?]$/.test(text) ? "" : ".";
  return text.charAt(0).toUpperCase() + text.slice(1) + end;
}

customElements.define("ebs-loop-banner", LoopBannerElement);
