/**
 * `<ebs-analysis>`: what the rules say before any event: the loops they can fall into, what they probably get wrong
 * together, and how two of them lie.
 *
 * The search may take a while, so a worker makes it, when nothing has changed for a moment, and only when something
 * changed that it depends on; events do not. It is loaded after the page stands.
 */
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { LoopAnalysis, LoopReport, RuleFinding } from "../../../src/js/types.js";
import {
  analyse,
  entranceOf,
  losesDigits,
  type Outcome,
  type Question,
  RATES,
  type Rates,
  ruleOf,
  wasSeen,
  worldText,
} from "../model/analysis.js";
import { shortArn } from "../model/arn.js";
import { background } from "../model/background.js";
import type { Draft } from "../model/draft.js";
import type { Engine } from "../model/engine.js";
import type { Evaluation } from "../model/evaluate.js";
import { pretty } from "../model/json-text.js";
import { roundOf } from "../model/round.js";
import { textsOf } from "../model/texts.js";
import { startWorker } from "../start-worker.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";
import { findings } from "./analysis-styles.js";
import "./compare.js";
import "./expect.js";
import "./loop-cost.js";

const QUIET_MS = 300;
const SHOWN_LOOPS = 5;
const SHOWN_NOTES = 20;

const verdicts = {
  proven: { tone: "bad", icon: "loop", words: "Goes round for ever once an event like the one below arrives." },
  possible: {
    tone: "warn",
    icon: "warn",
    words: "An event can come round once; whether it goes on could not be proven.",
  },
  cut: { tone: "", icon: "pause", words: "Would go round, but something that can be switched stops it." },
  suspected: { tone: "warn", icon: "warn", words: "Kept going until a limit." },
} as const;

export class AnalysisElement extends LitElement {
  static override properties = {
    engine: { attribute: false },
    draft: { attribute: false },
    evaluation: { attribute: false },
    found: { state: true },
    findings: { state: true },
    failure: { state: true },
    waiting: { state: true },
    rates: { state: true },
    all: { state: true },
  };

  static override styles = [shared, findings];

  declare engine: Engine | null;
  declare draft: Draft;
  declare evaluation: Evaluation;
  declare found: LoopAnalysis | undefined;
  declare findings: RuleFinding[];
  /** Why nothing could be analysed. */
  declare failure: string;
  /** Whether the rules are others than those that were analysed. */
  declare waiting: boolean;
  declare rates: Rates;
  declare all: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether what changed has not been asked about yet. */
  #due = false;
  #analysed: string | undefined;
  #answered: string | undefined;
  readonly #search = background<Question, Outcome>(startWorker);

  constructor() {
    super();
    this.found = undefined;
    this.findings = [];
    this.failure = "";
    this.waiting = true;
    this.rates = RATES;
    this.all = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("engine") && !changed.has("draft") && !changed.has("evaluation")) return;
    clearTimeout(this.#timer);
    // Until the next answer, what is shown may be about other rules: assistive technology is told, and it looks faint.
    this.ariaBusy = "true";
    this.#due = true;
    this.#timer = setTimeout(() => this.#analyse(), QUIET_MS);
  }

  #analyse(): void {
    const { engine, draft, evaluation } = this;
    if (!engine || evaluation.fields.size === 0) return;
    this.#due = false;
    const world = worldText(draft, textsOf(evaluation.fields));
    if (world === this.#analysed) {
      if (this.#answered === world) this.ariaBusy = null;
      return;
    }
    this.#analysed = world;
    const question: Question = { ask: "analyse", options: draft.options, world };
    this.#search.ask(question, (reply) => {
      if (world !== this.#analysed) return;
      if (reply === "here") return this.#tell(analyse(engine, question));
      this.#tell("stopped" in reply ? { failure: `the engine stopped over these rules: ${reply.stopped}` } : reply);
    });
  }

  #tell(outcome: Outcome): void {
    this.#answered = this.#analysed;
    if (!this.#due) this.ariaBusy = null;
    this.waiting = false;
    this.failure = "failure" in outcome ? outcome.failure : "";
    this.found = "failure" in outcome ? undefined : outcome.loops;
    this.findings = "failure" in outcome ? [] : outcome.findings;
    const red = this.found?.loops.filter(({ verdict }) => verdict === "proven" || verdict === "possible") ?? [];
    this.dispatchEvent(new CustomEvent<LoopReport[]>("foreseen", { detail: red }));
  }

  protected override render() {
    const { draft, evaluation, engine } = this;
    return html`<section class=${this.waiting ? "card first" : "card"} aria-label="Loops before any event">
        <h2>Loops before any event</h2>
        ${this.waiting ? html`<p class="quiet">Looking for loops…</p>` : this.#answer()}
      </section>
      ${this.findings.length > 0 ? this.#advice() : nothing}
      <ebs-compare .engine=${engine} .draft=${draft} .evaluation=${evaluation}></ebs-compare>`;
  }

  #answer() {
    if (!this.found) {
      return html`<p class="open" role="status">${icon("warn")} Nothing could be analysed: ${prose(this.failure)}.</p>`;
    }
    const { loops, complete, notAnalysed } = this.found;
    const shown = this.all ? loops : loops.slice(0, SHOWN_LOOPS);
    return html`<p role="status">${summary(this.found)}</p>
      ${repeat(
        shown,
        (loop) => loop.rules.join(),
        (loop) => this.#loop(loop),
      )}
      ${
        shown.length < loops.length
          ? html`<button class="more" type="button" @click=${this.#showAll}>Show all ${loops.length} loops</button>`
          : nothing
      }
      ${
        complete
          ? nothing
          : html`<p class="open">${icon("warn")} The search reached a bound, so there may be loops that are not listed here.</p>`
      }
      ${notAnalysed.length > 0 ? notes(notAnalysed) : nothing}`;
  }

  /** What the rules probably get wrong together. */
  #advice() {
    const more = this.findings.length - SHOWN_NOTES;
    return html`<section class="card" aria-label="Advice on the rules">
      <h2>Advice on the rules</h2>
      <ul class="advice">${this.findings.slice(0, SHOWN_NOTES).map(
        ({ code, severity, message, help }) => html`<li class=${severity} data-code=${code}>
          ${icon(severity === "hint" ? "bulb" : "warn")}<span>${prose(message)}. <span class="quiet">${prose(help)} (${code})</span></span></li>`,
      )}</ul>
      ${more > 0 ? html`<p class="quiet">and ${more} more</p>` : nothing}
    </section>`;
  }

  #showAll(): void {
    this.all = true;
  }

  #loop(loop: LoopReport) {
    const { tone, icon: sign, words } = verdicts[loop.verdict];
    const hops = roundOf(loop.path);
    const seen = wasSeen(loop, this.evaluation.run?.loops ?? []);
    const names = loop.rules.map(shortArn).join(" → ");
    return html`<article class=${tone} aria-label="Loop of ${names}" data-verdict=${loop.verdict}>
      <h3 class="row"><span class="badge ${tone}">${icon(sign)} ${loop.verdict}</span> ${names}
        ${seen ? html`<span class="badge">seen in what runs now</span>` : nothing}</h3>
      <p>${words}</p>
      <ol aria-label="The way round">
        ${hops.map(
          (
            hop,
            at,
          ) => html`<li><span class="step"><span>rule</span> <b>${shortArn(hop.rule)}</b></span>${icon("arrow")}</li>
            <li><span class="step"><span>target</span> <b>${shortArn(hop.target)}</b></span>${icon("arrow")}</li>
            <li><span class="step"><span>${ways[hop.by]}</span> <b>${(hops[at + 1] ?? hops[0])?.event["detail-type"] ?? ""}</b></span>${icon("arrow")}</li>`,
        )}
        <li><span class="step again"><span>${loop.verdict === "cut" ? "would be" : "again"} rule</span> <b>${shortArn(loop.rules[0] ?? "")}</b></span></li>
      </ol>
      <p><b>Why:</b> ${prose(loop.reason)}.</p>
      ${loop.invariant ? html`<p><b>What stays true:</b> ${prose(loop.invariant)}.</p>` : nothing}
      ${this.#witness(loop)} ${this.#fix(loop)}
      ${
        loop.verdict === "cut"
          ? nothing
          : html`<ebs-loop-cost .events=${hops.length} .rates=${this.rates}
              @rates=${(event: CustomEvent<Rates>) => this.#setRates(event.detail)}></ebs-loop-cost>`
      }
    </article>`;
  }

  #setRates(rates: Rates): void {
    this.rates = rates;
  }

  #witness(loop: LoopReport) {
    const { witness, rules } = loop;
    if (!witness) return nothing;
    const entrance = entranceOf(loop, this.draft);
    const text = pretty(entrance?.event ?? witness);
    const run = (): void => {
      if (entrance) act(this, { type: "try-event", text, bus: entrance.bus });
    };
    return html`<details><summary>An event that goes round</summary><pre tabindex="0" aria-label="An event that goes round">${text}</pre></details>
      ${
        entrance
          ? html`<p class="row does"><button type="button" aria-label="Run it: send an event into the loop of ${rules.map(shortArn).join(", ")}" @click=${run}>${icon("play")} Run it</button>
              <span class="quiet">adds this event and sends it to bus ${entrance.bus.name}</span></p>`
          : html`<p>It cannot be sent from here: events of AWS services enter on the scenario's default bus only, and this loop lies elsewhere.</p>`
      }`;
  }

  #fix({ fix }: LoopReport) {
    if (!fix) return nothing;
    const rule = ruleOf(fix.rule, this.draft);
    const pattern = pretty(fix.pattern ?? {});
    const apply = (): void => {
      if (rule) act(this, { type: "apply-fix", id: rule.id, pattern });
    };
    return html`<p><b>To break it:</b> ${prose(fix.explanation)}.</p>
      <details><summary>The pattern then</summary><pre tabindex="0" aria-label="The pattern that breaks the loop">${pattern}</pre></details>
      ${
        rule && losesDigits(rule.pattern)
          ? html`<p>The pattern has numbers of more digits than a browser keeps, so change it by hand.</p>`
          : nothing
      }
      ${
        rule && !losesDigits(rule.pattern)
          ? html`<p class="row does"><button type="button" aria-label="Apply: change the pattern of ${rule.name}" @click=${apply}>${icon("check")} Apply</button>
              <span class="quiet">changes the pattern of ${rule.name}; undo takes it back</span></p>`
          : nothing
      }`;
  }
}

const ways: Record<LoopReport["path"][number]["by"], string> = {
  effect: "emits",
  handler: "returns",
  bus: "forwards",
  stopped: "would cause",
};

function summary({ loops, complete, notAnalysed }: LoopAnalysis): string {
  if (loops.length > 0) {
    const count = (verdict: LoopReport["verdict"]): string => {
      const many = loops.filter((loop) => loop.verdict === verdict).length;
      return many > 0 ? `${many} ${verdict}` : "";
    };
    const counts = [count("proven"), count("possible"), count("cut")].filter((it) => it !== "");
    return `${times(loops.length, "loop")} in these rules: ${counts.join(", ")}.`;
  }
  if (!complete) return "No loop was found, but not everything could be searched.";
  if (notAnalysed.length > 0) return "No loop in what could be analysed.";
  return "No rule can start itself again, whatever is sent.";
}

function notes(list: string[]) {
  const more = list.length - SHOWN_NOTES;
  return html`<details><summary>Not analysed: ${times(list.length, "thing")}</summary>
    <ul class="notes">${list.slice(0, SHOWN_NOTES).map((it) => html`<li>${prose(it)}</li>`)}
      ${more > 0 ? html`<li>and ${more} more</li>` : nothing}</ul>
  </details>`;
}

customElements.define("ebs-analysis", AnalysisElement);
