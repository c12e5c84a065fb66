/** `<ebs-field>`: a text with its name, its editor and, below, what is wrong with it in words and by place. */
import { css, html, LitElement, nothing } from "lit";
import type { Diagnostic, Range } from "../../../src/js/types.js";
import { type Marks, NO_MARKS } from "../model/misses.js";
import type { Suggest } from "../model/suggestions.js";
import { icon } from "../ui/icons.js";
import { wrongs } from "../ui/pieces.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { CodeElement } from "./code.js";

/** More problems than this are not read. */
const SHOWN = 4;

export class FieldElement extends LitElement {
  static override properties = {
    label: { type: String },
    named: { type: String },
    hint: { type: String },
    kind: { type: String },
    value: { type: String },
    diagnostics: { attribute: false },
    marks: { attribute: false },
    suggest: { attribute: false },
  };

  static override styles = [
    shared,
    wrongs,
    css`
      .label {
        display: block;
        font-size: var(--small);
        color: var(--ink-2);
        margin-bottom: 4px;
      }
      .problem {
        display: flex;
        gap: 8px;
        padding: 6px 8px;
        margin-top: 6px;
        border-radius: 6px;
        font-size: var(--small);
        background: var(--bad-soft);
        color: var(--ink);
        overflow-wrap: anywhere;
      }
      .where {
        min-height: 0;
        padding: 0;
        border: none;
        background: none;
        color: var(--accent);
        text-decoration: underline;
        text-underline-offset: 2px;
      }
      .help {
        display: block;
        color: var(--ink-2);
      }
    `,
  ];

  /** The visible name; `named` is the full one for screen readers ("pattern of rule x"). */
  declare label: string;
  declare named: string;
  declare hint: string;
  /** What the text is, so that something else that is pasted over all of it can be put where it belongs. */
  declare kind: string;
  declare value: string;
  declare diagnostics: Diagnostic[];
  declare marks: Marks;
  declare suggest: Suggest | undefined;

  constructor() {
    super();
    this.label = "";
    this.named = "";
    this.hint = "";
    this.value = "";
    this.diagnostics = [];
    this.marks = NO_MARKS;
  }

  protected override render() {
    return html`
      ${this.label ? html`<span class="label">${this.label}</span>` : nothing}
      <ebs-code
        .value=${this.value}
        .label=${this.named || this.label}
        .hint=${this.hint}
        .diagnostics=${this.diagnostics}
        .marks=${this.marks}
        .suggest=${this.suggest}
        .kind=${this.kind}
        @edit=${(event: CustomEvent<string>) => this.dispatchEvent(new CustomEvent("edit", { detail: event.detail }))}
      ></ebs-code>
      <div role="status" aria-label="Problems of ${this.named || this.label}">
        ${this.diagnostics.length > 0 ? html`<ul>${this.diagnostics.slice(0, SHOWN).map((it) => this.#problem(it))}</ul>` : nothing}
      </div>
      ${this.diagnostics.length > SHOWN ? html`<p class="quiet">and ${this.diagnostics.length - SHOWN} more</p>` : nothing}
    `;
  }

  #problem(problem: Diagnostic) {
    const { severity, range, message, help, aws, fix } = problem;
    const word = severity === "error" ? "Error" : severity === "warning" ? "Warning" : "Hint";
    return html`<li class="problem ${severity}" data-code=${problem.code}>
      ${icon(severity === "hint" ? "bulb" : "warn")}
      <span>
        <strong>${word}</strong>${
          range
            ? html` at
                <button class="where" type="button" @click=${() => this.#code()?.reveal(range)}>
                  line ${range.start.line}, column ${range.start.column}</button
                >`
            : nothing
        }: ${prose(message)}
        ${help ? html`<span class="help">${prose(help)}</span>` : nothing}
        ${fix ? html`<button class="where fix" type="button" @click=${() => this.#code()?.apply(fix)}>Fix: ${prose(fix.title)}</button>` : nothing}
        ${aws && aws !== message ? html`<span class="help">AWS says: ${prose(awsWords(aws))}</span>` : nothing}
      </span>
    </li>`;
  }

  /** Puts the cursor at a place of the text. */
  reveal(range: Range): void {
    this.#code()?.reveal(range);
  }

  #code(): CodeElement | null {
    const code = this.renderRoot.querySelector("ebs-code");
    return code instanceof CodeElement ? code : null;
  }
}

/** Without the end of the service's message, which repeats the whole pattern. */
function awsWords(message: string): string {
  return message.split(/\s+at \[Source: /)[0] ?? message;
}

customElements.define("ebs-field", FieldElement);
