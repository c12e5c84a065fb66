/**
 * `<ebs-input-preview>`: what each target of a rule receives of the event, and which value fills which placeholder.
 *
 * A placeholder, its row in the list and its part of the output carry one number, so the link shows without colour;
 * pointing at one of them or reaching it with the Tab key lights all three. Loaded when somebody opens the targets.
 */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { EventEnvelope, InputDiagnostic, InputPlaceholder, RenderedInput } from "../../../src/js/types.js";
import { serviceOf, shortArn } from "../model/arn.js";
import { layOut } from "../model/json-text.js";
import { type Preview, previewsOf } from "../model/previews.js";
import { type Stretch, stretches } from "../model/stretches.js";
import { icon } from "../ui/icons.js";
import { wrongs } from "../ui/pieces.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";

/** More of an output, or of a value, than this is not read. */
const LONGEST = 6_000;
const LONGEST_VALUE = 200;
/** More placeholders than this are not listed. */
const SHOWN = 60;

/** A placeholder of a target, as `target:placeholder`. */
type Key = string;

export class InputPreviewElement extends LitElement {
  static override properties = {
    targets: { type: String },
    event: { attribute: false },
    typed: { type: String },
    named: { type: String },
    arn: { type: String },
    now: { type: String },
    outcome: { type: String },
    pointed: { state: true },
    focused: { state: true },
  };

  static override styles = [
    shared,
    wrongs,
    css`
      :host {
        margin-top: 12px;
        font-size: var(--small);
      }
      section {
        margin-top: 8px;
        padding: 8px 10px 10px;
        border: 1px solid var(--line);
        border-radius: 6px;
        overflow-wrap: anywhere;
      }
      h4 {
        margin: 0;
        font-size: var(--small);
        font-weight: 600;
      }
      h4 .quiet {
        font-weight: 400;
      }
      .name {
        margin: 8px 0 2px;
        color: var(--ink-2);
      }
      pre {
        padding: 7px 9px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--surface-2);
        max-height: 220px;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        line-height: 1.7;
      }
      .hole,
      .part {
        display: inline;
        min-height: 0;
        padding: 0 2px;
        border: none;
        border-bottom: 2px solid var(--accent);
        border-radius: 3px 3px 0 0;
        background: var(--accent-soft);
        color: var(--ink);
        font: inherit;
        text-align: left;
        user-select: text;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      .part {
        border-bottom-style: dotted;
      }
      .part.empty::before {
        content: "∅";
        color: var(--ink-3);
      }
      .hole::after,
      .part::after {
        content: attr(data-number);
        margin-left: 2px;
        font-size: 0.8em;
        vertical-align: super;
        line-height: 0;
        color: var(--accent);
      }
      .hole.lit,
      .part.lit {
        background: var(--accent);
        color: var(--on-accent);
      }
      /* Inside, so that what follows is not covered. */
      .hole:focus-visible {
        outline: 1px solid var(--on-accent);
        outline-offset: -2px;
      }
      .lit::after,
      .part.lit::before {
        color: inherit;
      }
      .wrong {
        text-decoration: underline wavy var(--bad) 1px;
        text-underline-offset: 4px;
        text-decoration-skip-ink: none;
        background: var(--bad-soft);
      }
      ol.fill {
        margin-top: 2px;
      }
      .fill li {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 6px;
        padding: 2px 6px;
        border-left: 3px solid transparent;
      }
      .fill li.lit {
        border-left-color: var(--accent);
        background: var(--accent-soft);
      }
      .number {
        min-width: 1.4em;
        color: var(--accent);
        font-variant-numeric: tabular-nums;
      }
      .problem {
        display: flex;
        gap: 7px;
        margin-top: 6px;
        padding: 5px 8px;
        border-radius: 6px;
        background: var(--bad-soft);
      }
      .help {
        display: block;
        color: var(--ink-2);
      }
    `,
  ];

  /** The text of the list of targets, as it is typed. */
  declare targets: string;
  /** As the rules of the bus see it. */
  declare event: EventEnvelope | undefined;
  /** What was typed as the event. */
  declare typed: string;
  /** The rule's name and ARN. */
  declare named: string;
  declare arn: string;
  /** The scenario's time. */
  declare now: string;
  /** What the rule said to the event. */
  declare outcome: string;
  /** The placeholder that is pointed at, and the one that has the focus; empty for none. */
  declare pointed: Key;
  declare focused: Key;
  #previews: Preview[] | undefined;

  constructor() {
    super();
    this.targets = "";
    this.typed = "";
    this.named = "";
    this.arn = "";
    this.now = "";
    this.outcome = "";
    this.pointed = "";
    this.focused = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ([...changed.keys()].every((name) => name === "pointed" || name === "focused")) return;
    const { targets, event, typed, named, arn, now } = this;
    const rule = { ruleName: named, ruleArn: arn, ingestionTime: now };
    this.#previews = event ? previewsOf({ targets, event, typed, rule }) : undefined;
  }

  protected override render() {
    const previews = this.#previews;
    if (!this.event) return html`<p class="quiet">Send an event to see what the targets receive of it.</p>`;
    if (!previews) return html`<p class="quiet">What the targets receive shows when they are a list again.</p>`;
    if (previews.length === 0) return nothing;
    const matched = this.outcome === "matched";
    return html`<h3 id="title">What each target ${matched ? "receives" : "would receive"} of the event</h3>
      ${matched ? nothing : html`<p class="quiet">Nothing is sent now, as the rule did not match; if it did:</p>`}
      ${previews.map((preview, at) => this.#target(preview, at))}`;
  }

  #target(preview: Preview, at: number) {
    const { id, arn, way, rendered, template } = preview;
    return html`<section aria-label="Target ${id}">
      <h4>${id} <span class="quiet">${serviceOf(arn)} ${shortArn(arn)}: ${way}</span></h4>
      ${template && rendered ? this.#template(preview, rendered, at) : nothing}
      ${rendered ? this.#outcome(rendered, at, template !== "") : html`<p class="name">This kind of target gets nothing of an event, unless Input, InputPath or InputTransformer says what.</p>`}
      ${rendered ? problems(preview, rendered.diagnostics) : nothing}
    </section>`;
  }

  #template({ template, id }: Preview, { placeholders, diagnostics }: RenderedInput, at: number) {
    const wrong = diagnostics.flatMap(({ member, range }) => (member === "InputTemplate" && range ? [range] : []));
    const cut = stretches(
      template,
      placeholders.map(({ range }) => range),
      wrong,
    );
    return html`<p class="name">Template</p>
      <pre role="group" aria-label="Template of target ${id}">${cut.map((it) => this.#hole(it, placeholders, at))}</pre>
      ${
        placeholders.length > 0
          ? html`<p class="name">Filled with</p>
            <ol class="fill" aria-label="What fills the template of target ${id}">
              ${placeholders.slice(0, SHOWN).map((it, number) => this.#row(it, `${at}:${number}`, number))}
            </ol>`
          : nothing
      }
      ${placeholders.length > SHOWN ? html`<p class="quiet">and ${placeholders.length - SHOWN} more</p>` : nothing}`;
  }

  #hole({ text, part, wrong }: Stretch, placeholders: InputPlaceholder[], at: number) {
    const placeholder = part === undefined ? undefined : placeholders[part];
    if (part === undefined || !placeholder) return wrong ? html`<span class="wrong">${text}</span>` : text;
    const key = `${at}:${part}`;
    const focus = (): void => {
      this.focused = key;
    };
    return html`<button class="hole ${wrong ? "wrong" : ""} ${this.#isLit(key) ? "lit" : ""}" type="button" data-number=${part + 1}
      aria-label="${text}: ${filling(placeholder)}" @focus=${focus} @blur=${this.#blur}
      @mouseenter=${() => this.#point(key)} @mouseleave=${this.#leave}>${text}</button>`;
  }

  #row(placeholder: InputPlaceholder, key: Key, number: number) {
    const { name, path, value } = placeholder;
    return html`<li class=${this.#isLit(key) ? "lit" : ""} @mouseenter=${() => this.#point(key)} @mouseleave=${this.#leave}>
      <span class="number">${number + 1}</span><code>&lt;${name}&gt;</code>
      ${path === undefined ? nothing : html`<span>from <code>${path}</code></span>`}
      ${value === null ? html`<span>finds nothing</span>` : html`<span>is <code>${shortened(value, LONGEST_VALUE)}</code></span>`}
    </li>`;
  }

  #outcome(rendered: RenderedInput, at: number, filled: boolean) {
    const { output, attempted, placeholders } = rendered;
    const text = output ?? attempted;
    if (text === undefined) return html`<p class="name">Nothing is delivered.</p>`;
    const shown = filled ? shortened(text, LONGEST) : shortened(layOut(text), LONGEST);
    const parts = placeholders.map(({ outputRange }) => outputRange);
    const cut = filled ? stretches(shown, parts, []) : [{ text: shown, part: undefined, wrong: false }];
    const title = output === null ? "Not delivered: this would go to the dead-letter queue" : "Received";
    return html`<p class="name">${title}</p>
      <pre tabindex="0" role="group" aria-label=${title}>${cut.map((it) => this.#part(it, at))}</pre>`;
  }

  #part({ text, part }: Stretch, at: number) {
    if (part === undefined) return text;
    const key = `${at}:${part}`;
    return html`<span class="part ${text === "" ? "empty" : ""} ${this.#isLit(key) ? "lit" : ""}" data-number=${part + 1}
      @mouseenter=${() => this.#point(key)} @mouseleave=${this.#leave}>${text}</span>`;
  }

  /** What is pointed at comes before what has the focus. */
  #isLit(key: Key): boolean {
    return (this.pointed || this.focused) === key;
  }

  #point(key: Key): void {
    this.pointed = key;
  }

  readonly #leave = (): void => {
    this.pointed = "";
  };

  readonly #blur = (): void => {
    this.focused = "";
  };
}

/** Told in words, each with the text that it is about, unless that is the template, which stands above. */
function problems({ members, id }: Preview, diagnostics: InputDiagnostic[]) {
  if (diagnostics.length === 0) return nothing;
  return html`<ul aria-label="Problems of the input of target ${id}">${diagnostics.slice(0, SHOWN).map((it) => problem(it, members))}</ul>`;
}

function problem(diagnostic: InputDiagnostic, members: ReadonlyMap<string, string>) {
  const { severity, member, range, message, help, aws, code } = diagnostic;
  const word = severity === "error" ? "Error" : severity === "warning" ? "Warning" : "Hint";
  const text = member === "InputTemplate" ? undefined : members.get(member);
  const place = range ? `, line ${range.start.line}, column ${range.start.column}` : "";
  const cut = text === undefined || !range ? [] : stretches(shortened(text, LONGEST_VALUE), [], [range]);
  return html`<li class="problem ${severity}" data-code=${code}>
    ${icon(severity === "hint" ? "bulb" : "warn")}
    <span><strong>${word}</strong> in <code>${member}</code>${place}: ${prose(message)}
      ${cut.length > 0 ? html`<code class="help">${cut.map((it) => html`<span class=${it.wrong ? "wrong" : ""}>${it.text}</span>`)}</code>` : nothing}
      ${help ? html`<span class="help">${prose(help)}</span>` : nothing}
      ${aws && aws !== message ? html`<span class="help">AWS says: ${prose(aws)}</span>` : nothing}
    </span>
  </li>`;
}

function filling({ path, value }: InputPlaceholder): string {
  const from = path === undefined ? "" : `, from ${path}`;
  return value === null ? `finds nothing${from}` : `${shortened(value, LONGEST_VALUE)}${from}`;
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

customElements.define("ebs-input-preview", InputPreviewElement);
