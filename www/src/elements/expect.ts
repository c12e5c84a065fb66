/** `<ebs-expect>`: what the scenario expects, line by line: what came about, and what did not. */
import { css, html, LitElement, nothing } from "lit";
import type { Draft } from "../model/draft.js";
import type { Evaluation } from "../model/evaluate.js";
import type { Expected } from "../model/expected.js";
import { EXPECT_KEY } from "../model/fields.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { folding } from "../ui/pieces.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";
import "./field.js";

/** More lines of a kind are counted only. */
const SHOWN = 100;

export class ExpectElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    evaluation: { attribute: false },
    looked: { state: true },
  };

  static override styles = [
    shared,
    folding,
    css`
      p,
      li {
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
      ul {
        margin: 6px 0;
        max-height: 320px;
        overflow: auto;
      }
      li {
        display: flex;
        gap: 7px;
        padding: 2px 0;
      }
      li svg.icon {
        margin-top: 3px;
        color: var(--good);
      }
      .no svg.icon {
        color: var(--bad);
      }
      .yes {
        color: var(--ink-2);
      }
      .badge {
        margin-left: 6px;
      }
      ebs-field {
        display: block;
        margin-top: 6px;
      }
    `,
  ];

  declare draft: Draft;
  declare evaluation: Evaluation;
  /** Whether it was opened: the editor is made then. */
  declare looked: boolean;

  constructor() {
    super();
    this.looked = false;
  }

  protected override render() {
    const { expected } = this.evaluation;
    return html`<section class="card" aria-label="What is expected">
      <details @toggle=${this.#look}>
        <summary><h2>What is expected</h2>${expected ? badge(expected) : html` <span class="quiet">nothing yet</span>`}</summary>
        ${this.looked ? this.#whole(expected) : nothing}
      </details>
    </section>`;
  }

  #whole(expected: Expected | null) {
    const { draft, evaluation } = this;
    const edit = (event: CustomEvent<string>): void => act(this, { type: "edit-expect", text: event.detail });
    return html`${expected ? lines(expected) : nothing}
      <p class="quiet">Of the whole scenario, from its first event to its last. A scenario file takes it along, and <code>ebsim run</code> checks it.</p>
      <ebs-field
        named="Expectations"
        kind="expect"
        hint="{ &quot;invocations&quot;: [{ &quot;rule&quot;: &quot;paid&quot;, &quot;outcome&quot;: &quot;delivered&quot; }], &quot;loops&quot;: [] }"
        .value=${draft.expect}
        .diagnostics=${evaluation.fields.get(EXPECT_KEY)?.diagnostics ?? []}
        @edit=${edit}
      ></ebs-field>`;
  }

  #look(event: Event): void {
    this.looked ||= (event.currentTarget as HTMLDetailsElement).open;
  }
}

function badge(expected: Expected) {
  if ("problem" in expected) return html`<span class="badge bad">${icon("warn")} could not be checked</span>`;
  const { passed, failed } = expected;
  return failed.length === 0
    ? html`<span class="badge good" role="status">${icon("check")} all ${passed.length} hold</span>`
    : html`<span class="badge bad" role="status">${icon("cross")} ${failed.length} of ${passed.length + failed.length} fail</span>`;
}

function lines(expected: Expected) {
  if ("problem" in expected) {
    const { message, help } = expected.problem;
    return html`<p role="alert">${prose(message)} <span class="quiet">${prose(help ?? "")}</span></p>`;
  }
  const list = (of: string[], tone: "yes" | "no") =>
    html`${of.slice(0, SHOWN).map(
      (words) => html`<li class=${tone}>${icon(tone === "yes" ? "check" : "cross")}
      <span>${tone === "yes" ? "holds" : "fails"}: ${prose(words)}</span></li>`,
    )}${of.length > SHOWN ? html`<li>and ${times(of.length - SHOWN, "more line")}</li>` : nothing}`;
  return html`<ul tabindex="0" aria-label="Expectations, line by line">${list(expected.failed, "no")}${list(expected.passed, "yes")}</ul>`;
}

customElements.define("ebs-expect", ExpectElement);
