/**
 * `<ebs-code>`: one text that is edited.
 *
 * The text is the owner's: it comes in as `value` and leaves as an `edit` event. A plain text area stands here at once; the
 * editor (ui/editor.ts) takes its place, its text, its cursor and its focus when it is loaded, after the page is painted.
 */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { Diagnostic, Fix, Range } from "../../../src/js/types.js";
import { type Marks, NO_MARKS } from "../model/misses.js";
import type { Suggest } from "../model/suggestions.js";
import type { Editor } from "../ui/editor.js";
import { shared } from "../ui/styles.js";
import { turn } from "../ui/turn.js";

type MakeEditor = typeof Editor;

let made: MakeEditor | undefined;
let loading: Promise<MakeEditor> | undefined;

/** The editor, once for all texts. The first paint comes first. */
function load(): Promise<MakeEditor> {
  loading ??= new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    .then(() => import("../ui/editor.js"))
    .then((module) => {
      made = module.Editor;
      return made;
    });
  return loading;
}

export class CodeElement extends LitElement {
  static override properties = {
    value: { type: String },
    label: { type: String },
    hint: { type: String },
    kind: { type: String },
    diagnostics: { attribute: false },
    marks: { attribute: false },
    suggest: { attribute: false },
  };

  static override styles = [
    shared,
    css`
      .editor {
        border: 1px solid var(--line-strong);
        border-radius: 7px;
        background: var(--surface);
        max-height: var(--editor-max, 420px);
        min-height: var(--editor-min, 0);
        overflow: auto;
      }
      .editor:focus-within {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }
      .editor.broken {
        border-color: var(--bad);
      }
      @media print {
        .editor {
          max-height: none;
        }
      }
      textarea {
        display: block;
        width: 100%;
        min-height: var(--editor-min, 0);
        padding: 6px 2px 6px 34px;
        border: none;
        outline: none;
        resize: none;
        background: none;
        color: var(--ink);
        font: var(--code) / 1.55 var(--mono);
        field-sizing: content;
      }
    `,
  ];

  declare value: string;
  declare label: string;
  declare hint: string;
  /** What the text is: "event", "pattern", ... */
  declare kind: string;
  declare diagnostics: Diagnostic[];
  /** What is underlined beside the diagnostics. */
  declare marks: Marks;
  /** What the editor completes, if it is to complete at all: that is settled when it is made. */
  declare suggest: Suggest | undefined;

  #editor: Editor | undefined;

  constructor() {
    super();
    this.value = "";
    this.label = "";
    this.hint = "";
    this.kind = "";
    this.diagnostics = [];
    this.marks = NO_MARKS;
  }

  protected override render() {
    const broken = this.diagnostics.some((it) => it.severity === "error");
    return html`<div class="editor ${broken ? "broken" : ""}"><div class="place"></div>${this.#editor ? nothing : this.#plain()}</div>`;
  }

  #plain() {
    return html`<textarea aria-label=${this.label} placeholder=${this.hint} spellcheck="false" autocapitalize="off"
      rows=${Math.min(40, this.value.split("\n").length)} .value=${this.value}
      @input=${(event: Event) => this.#edited((event.target as HTMLTextAreaElement).value)}></textarea>`;
  }

  protected override firstUpdated(): void {
    if (made) this.#make(made);
    // Where it cannot be loaded, the text area stays.
    else
      load().then(
        // A page begins with some ten of them.
        (make) =>
          void turn()
            .then(() => this.#make(make))
            .catch(reportError),
        () => undefined,
      );
  }

  protected override updated(changed: PropertyValues<this>): void {
    const editor = this.#editor;
    if (!editor) return;
    if (changed.has("value")) editor.replace(this.value);
    if (changed.has("diagnostics")) editor.judge(this.diagnostics);
    else if (changed.has("value")) editor.draw(this.diagnostics);
    if (changed.has("marks")) editor.underline(this.marks);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#editor?.destroy();
    this.#editor = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#editor && made) this.#make(made);
  }

  /** Puts the cursor where something is wrong. */
  reveal(range: Range): void {
    const { offset } = range.start;
    if (this.#editor) this.#editor.focus(offset, offset);
    else this.#area()?.focus();
  }

  /** Makes the edits of a fix, unless the text has changed since it was judged. */
  apply(fix: Fix): void {
    this.#editor?.apply(fix);
  }

  #area(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  #make(Make: MakeEditor): void {
    const parent = this.renderRoot.querySelector(".place");
    if (!parent || this.#editor || !this.isConnected) return;
    const area = this.#area();
    const focused = area?.matches(":focus") ?? false;
    this.#editor = new Make({
      parent,
      root: this.renderRoot as ShadowRoot,
      text: this.value,
      label: this.label,
      hint: this.hint,
      suggest: this.suggest,
      edited: (text) => this.#edited(text),
      bring: (text) => this.#bring(text),
    });
    this.#editor.judge(this.diagnostics);
    this.#editor.underline(this.marks);
    if (area && focused) this.#editor.focus(area.selectionStart, area.selectionEnd);
    this.requestUpdate();
  }

  #edited(text: string): void {
    if (text === this.value) return;
    this.value = text;
    this.dispatchEvent(new CustomEvent("edit", { detail: text }));
  }

  /** Something pasted that is of another kind than this text: the page puts it where it belongs. */
  #bring(text: string): boolean {
    if (this.kind === "") return false;
    const detail = { text, over: this.kind };
    return !this.dispatchEvent(new CustomEvent("bring", { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

customElements.define("ebs-code", CodeElement);
