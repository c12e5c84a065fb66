/** `<ebs-effect>`: one effect as a form: on which events it happens, and what its values are. The rest of it is JSON. */
import { css, html, LitElement, nothing } from "lit";
import type { Diagnostic, EventEnvelope, Preset } from "../../../src/js/types.js";
import { shortArn } from "../model/arn.js";
import { isObject, layOut, memberTexts, parse } from "../model/json-text.js";
import { type ParamRow, rowsOf, withRow } from "../model/params.js";
import type { Suggest } from "../model/suggestions.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";
import "./field.js";

/** What is said of a condition that cannot be put into the list yet. */
const UNFINISHED: Diagnostic[] = [
  {
    code: "not-an-object",
    severity: "error",
    message: "this is no JSON object yet",
    help: "until it is one, the last condition that was one counts",
  },
];

export class EffectElement extends LitElement {
  static override properties = {
    at: { type: Number },
    text: { type: String },
    presets: { attribute: false },
    event: { attribute: false },
    looked: { state: true },
    typed: { state: true },
  };

  static override styles = [
    shared,
    css`
      details {
        padding: 4px 0;
        border-top: 1px solid var(--line);
        font-size: var(--small);
      }
      summary {
        overflow-wrap: anywhere;
      }
      ebs-field {
        display: block;
        margin-top: 6px;
      }
      table {
        width: 100%;
        margin-top: 6px;
        border-collapse: collapse;
      }
      th {
        text-align: left;
        font-weight: 400;
        color: var(--ink-2);
      }
      td {
        padding: 2px 4px 2px 0;
      }
      th[scope="row"] {
        width: 1%;
        max-width: 120px;
        padding-right: 6px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      input[type="text"] {
        width: 100%;
        min-width: 0;
        font-size: var(--small);
      }
      form {
        flex-wrap: nowrap;
        margin-top: 4px;
      }
      button {
        flex: none;
        min-height: 26px;
        font-size: var(--small);
      }
    `,
  ];

  /** Its place in the list. */
  declare at: number;
  /** Its JSON. */
  declare text: string;
  declare presets: Preset[];
  /** The event whose fields are suggested. */
  declare event: EventEnvelope | undefined;
  /** Whether it was opened: the form is made then. */
  declare looked: boolean;
  /** A condition that is no JSON object yet. */
  declare typed: string | undefined;

  constructor() {
    super();
    this.presets = [];
    this.looked = false;
    this.typed = undefined;
  }

  protected override render() {
    return html`<details @toggle=${this.#look}>
      <summary>${this.#title()}</summary>
      ${this.looked ? this.#whole() : nothing}
    </details>`;
  }

  get #preset(): Preset | undefined {
    const value = parse(this.text);
    return isObject(value) ? this.presets.find((it) => it.id === value.preset) : undefined;
  }

  #title(): string {
    const value = parse(this.text);
    if (!isObject(value)) return `Effect ${this.at + 1}`;
    const own = Array.isArray(value.emits) ? times(value.emits.length, "event of its own", "events of its own") : "";
    const named = this.#preset?.title ?? (typeof value.preset === "string" ? value.preset : own);
    const what = named || ("fails" in value ? "fails" : "nothing");
    return `${shortArn(String(value.target ?? "?"))}: ${what}${"when" in value ? ", on some events" : ""}`;
  }

  #whole() {
    const when = memberTexts(this.text).get("when");
    const name = `effect ${this.at + 1}`;
    const remove = (): void => act(this, { type: "remove-effect", at: this.at });
    return html`<ebs-field
        label="Only on events like"
        named="Condition of ${name}"
        kind="condition"
        hint="Any event. Else an event pattern: { &quot;detail&quot;: { ... } }"
        .value=${this.typed ?? (when === undefined ? "" : layOut(when))}
        .diagnostics=${this.typed === undefined ? [] : UNFINISHED}
        .suggest=${this.#suggest}
        @edit=${(event: CustomEvent<string>) => this.#condition(event.detail)}
      ></ebs-field>
      ${this.#values(name)}
      <p><button class="plain" type="button" aria-label="Remove ${name}" @click=${remove}>${icon("bin")} Remove</button></p>`;
  }

  #values(name: string) {
    const rows = rowsOf(this.text, this.#preset);
    const head = html`<thead><tr><th scope="col">Value</th><th scope="col">taken from</th><th scope="col">otherwise</th></tr></thead>`;
    const table = html`<table aria-label="Values of ${name}">${head}<tbody>${rows.map((row) => this.#row(row, name))}</tbody></table>`;
    return html`${rows.length > 0 ? table : nothing}
      ${
        this.#preset
          ? nothing
          : html`<form class="row" @submit=${this.#add}>
              <input type="text" name="name" placeholder="order" aria-label="Name of a new value of ${name}" autocomplete="off" spellcheck="false" required />
              <button type="submit">${icon("plus")} Add value</button></form>
            <p class="quiet">Its events name a value as <code>&lt;@order&gt;</code>.</p>`
      }`;
  }

  #row(row: ParamRow, name: string) {
    const input = (part: "from" | "otherwise", label: string) => {
      const change = (event: Event): void => {
        const changed = { ...row, [part]: (event.target as HTMLInputElement).value };
        act(this, { type: "edit-effect", at: this.at, member: "params", text: withRow(this.text, changed) });
      };
      return html`<input type="text" spellcheck="false" autocomplete="off" aria-label="${row.name} of ${name}: ${label}"
        .value=${row[part]} placeholder=${row.hint[part]} @change=${change} />`;
    };
    return html`<tr><th scope="row" title=${row.name}><code>${row.name}</code></th>
      <td>${input("from", "paths it is taken from")}</td><td>${input("otherwise", "what it is otherwise")}</td></tr>`;
  }

  readonly #suggest: Suggest = (text, at, suggestions) => suggestions(text, at, this.event);

  #look(event: Event): void {
    this.looked ||= (event.currentTarget as HTMLDetailsElement).open;
  }

  #condition(text: string): void {
    const none = text.trim() === "";
    this.typed = none || isObject(parse(text)) ? undefined : text;
    if (this.typed === undefined)
      act(this, { type: "edit-effect", at: this.at, member: "when", text: none ? null : text });
  }

  #add(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get("name") ?? "").trim();
    if (name === "") return;
    const text = withRow(this.text, { name, from: "$.detail", otherwise: "" });
    act(this, { type: "edit-effect", at: this.at, member: "params", text });
    form.reset();
  }
}

customElements.define("ebs-effect", EffectElement);
