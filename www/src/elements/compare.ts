/**
 * `<ebs-compare>`: how the events of two rules lie, with an event for each difference.
 *
 * Nothing is compared until the panel is open; then again whenever the patterns have been quiet for a moment.
 */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { Comparison, Json } from "../../../src/js/types.js";
import { relations } from "../model/analysis.js";
import { busAt } from "../model/buses.js";
import type { Draft, RuleDraft } from "../model/draft.js";
import type { Engine } from "../model/engine.js";
import type { Evaluation } from "../model/evaluate.js";
import { pretty } from "../model/json-text.js";
import { problemOf } from "../model/problem.js";
import { textsOf } from "../model/texts.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";

const QUIET_MS = 300;

export class CompareElement extends LitElement {
  static override properties = {
    engine: { attribute: false },
    draft: { attribute: false },
    evaluation: { attribute: false },
    open: { state: true },
    first: { state: true },
    second: { state: true },
    found: { state: true },
    failure: { state: true },
  };

  static override styles = [
    shared,
    css`
      .card {
        padding: 10px 12px 12px;
        min-width: 0;
      }
      summary {
        width: fit-content;
      }
      h2 {
        display: inline;
      }
      h3 {
        margin-top: 10px;
        overflow-wrap: anywhere;
      }
      p {
        margin-top: 6px;
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
      .row {
        margin-top: 8px;
        gap: 6px 14px;
        font-size: var(--small);
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
        max-width: 100%;
      }
      select {
        min-width: 0;
        max-width: 220px;
        min-height: 28px;
      }
      pre {
        margin-top: 4px;
        padding: 8px 10px;
        max-height: 220px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface-2);
      }
      button {
        margin-top: 6px;
        min-height: 28px;
        font-size: var(--small);
      }
      @media (max-width: 799px) {
        button,
        select {
          min-height: 40px;
        }
      }
    `,
  ];

  declare engine: Engine | null;
  declare draft: Draft;
  declare evaluation: Evaluation;
  declare open: boolean;
  /** Rules by their ids. */
  declare first: string;
  declare second: string;
  declare found: Comparison | undefined;
  declare failure: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The patterns that `found` is about. */
  #compared: string | undefined;

  constructor() {
    super();
    this.open = false;
    this.first = "";
    this.second = "";
    this.found = undefined;
    this.failure = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const causes = ["engine", "draft", "evaluation", "open", "first", "second"] as const;
    if (!this.open || !causes.some((it) => changed.has(it))) return;
    clearTimeout(this.#timer);
    // A choice is answered at once, typing when it pauses.
    if (changed.has("open") || changed.has("first") || changed.has("second")) this.#compare();
    else this.#timer = setTimeout(() => this.#compare(), QUIET_MS);
  }

  /** The rules with patterns, and the two that are chosen: at first the first two. */
  #rules(): { rules: RuleDraft[]; first: RuleDraft | undefined; second: RuleDraft | undefined } {
    const rules = this.draft.rules.filter((rule) => rule.pattern.trim() !== "");
    const first = rules.find((rule) => rule.id === this.first) ?? rules[0];
    const second = rules.find((rule) => rule.id === this.second) ?? rules.find((rule) => rule !== first);
    return { rules, first, second };
  }

  #compare(): void {
    const { engine, evaluation } = this;
    const { first, second } = this.#rules();
    const texts = textsOf(evaluation.fields);
    const [one, other] = [first && texts.pattern(first), second && texts.pattern(second)];
    if (!engine || !one?.trim() || !other?.trim()) {
      this.#compared = undefined;
      this.found = undefined;
      this.failure = first && second ? "one of the two patterns is not valid" : "";
      return;
    }
    const key = JSON.stringify([one, other]);
    if (key === this.#compared) return;
    this.#compared = key;
    this.failure = "";
    this.found = undefined;
    try {
      this.found = engine.compare(one, other);
    } catch (thrown) {
      this.failure = problemOf(thrown).message;
    }
  }

  protected override render() {
    return html`<details class="card" @toggle=${this.#toggled}>
      <summary><h2>Compare two rules</h2></summary>
      ${this.open ? this.#body() : nothing}
    </details>`;
  }

  #toggled(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }

  #body() {
    const { rules, first, second } = this.#rules();
    if (!first || !second)
      return html`<p class="quiet">There is nothing to compare: fewer than two rules have a pattern.</p>`;
    return html`<p class="row">
        ${this.#choice("First rule", rules, first, (id) => {
          this.first = id;
        })}
        ${this.#choice("Second rule", rules, second, (id) => {
          this.second = id;
        })}
      </p>
      ${this.failure !== "" ? html`<p role="status">${icon("warn")} These cannot be compared: ${prose(this.failure)}.</p>` : nothing}
      ${this.found ? this.#answer(this.found, first, second) : nothing}`;
  }

  #choice(label: string, rules: RuleDraft[], chosen: RuleDraft, choose: (id: string) => void) {
    return html`<label>${label} <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${rules.map((rule) => html`<option value=${rule.id} .selected=${rule === chosen}>${rule.name}${rule.bus === "default" ? "" : ` (${rule.bus})`}</option>`)}
    </select></label>`;
  }

  #answer(found: Comparison, first: RuleDraft, second: RuleDraft) {
    const { relation, withoutArrays, reason } = found;
    return html`<p role="status"><b>${relations[relation]}</b>
        ${reason ? html`${prose(reason)}.` : nothing}
        ${
          withoutArrays === relation
            ? nothing
            : html`As long as no field holds several values: ${lowered(relations[withoutArrays])}`
        }</p>
      ${this.#event(`An event that matches ${first.name} but not ${second.name}`, found.onlyFirst, first)}
      ${this.#event(`An event that matches ${second.name} but not ${first.name}`, found.onlySecond, second)}
      ${this.#event(`An event that matches both`, found.both, first)}`;
  }

  #event(title: string, event: { [name: string]: Json } | undefined, rule: RuleDraft) {
    if (!event) return nothing;
    const text = pretty(event);
    const put = (): void => act(this, { type: "try-event", text, bus: busAt(rule.bus, rule, this.draft) });
    return html`<h3>${title}</h3>
      <pre tabindex="0" aria-label=${title}>${text}</pre>
      <button type="button" aria-label="Put into the event editor: ${title}" @click=${put}>${icon("send")} Put into the event editor</button>`;
  }
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

customElements.define("ebs-compare", CompareElement);
