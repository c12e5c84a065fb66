/** `<ebs-settings>`: where and when the scenario plays: account, region, clock, limits. */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { OptionsChange } from "../model/actions.js";
import { homeOf } from "../model/buses.js";
import { type Draft, differ } from "../model/draft.js";
import { isObject, parse, pretty } from "../model/json-text.js";
import { act } from "../ui/act.js";
import { folding } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";

/** The options that have a field of their own. */
const FIELDS = ["account", "region", "now", "maxChain", "strict"];

export class SettingsElement extends LitElement {
  static override properties = { draft: { attribute: false }, wrong: { state: true } };

  static override styles = [
    shared,
    folding,
    css`
      .fields {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: 6px 10px;
        margin-top: 8px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .fields label {
        display: contents;
      }
      input[type="text"] {
        font-size: var(--small);
        color: var(--ink);
        min-width: 0;
      }
      textarea {
        width: 100%;
        min-width: 0;
        padding: 4px 8px;
        border: 1px solid var(--line-strong);
        border-radius: 6px;
        background: var(--surface);
        color: var(--ink);
        font-family: var(--mono);
        font-size: var(--code);
        resize: vertical;
      }
      .wrong {
        color: var(--bad);
      }
      .fields .check {
        grid-column: 2;
        display: inline-flex;
        gap: 6px;
      }
    `,
  ];

  declare draft: Draft;
  /** Whether what stands in the field for the other options is no JSON object. */
  declare wrong: boolean;

  constructor() {
    super();
    this.wrong = false;
  }

  /** Events are typed more often than this changes. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    return changed.size > 1 || !changed.has("draft") || differ(changed.get("draft"), this.draft, ["options", "title"]);
  }

  protected override render() {
    const { options, title } = this.draft;
    const home = homeOf(this.draft);
    const rename = (event: Event): void => act(this, { type: "edit-title", title: textIn(event) || "Untitled" });
    const strict = (event: Event): void => this.#change({ strict: (event.target as HTMLInputElement).checked });
    return html`<section class="card" aria-label="Settings">
      <details>
        <summary><h2>Settings</h2> <span class="quiet">account ${home.account}, ${home.region}</span></summary>
        <div class="fields">
          <label>Title <input type="text" .value=${title} @change=${rename} /></label>
          ${this.#text("Account", "account", options.account ?? "", home.account)}
          ${this.#text("Region", "region", options.region ?? "", home.region)}
          ${this.#text("Clock starts", "now", options.now ?? "", "2026-01-01T00:00:00Z")}
          ${this.#number("Firings in a chain", "maxChain", options.maxChain, 16)}
          ${this.#others()}
          <label class="check"><input type="checkbox" .checked=${options.strict ?? false} @change=${strict} /> an unknown bus is an error</label>
        </div>
      </details>
    </section>`;
  }

  #text(label: string, name: "account" | "region" | "now", value: string, otherwise: string) {
    const change = (event: Event): void => {
      const text = textIn(event);
      this.#change(text === "" ? without(name) : { [name]: text });
    };
    return html`<label>${label} <input type="text" .value=${value} placeholder=${otherwise} autocomplete="off" spellcheck="false" @change=${change} /></label>`;
  }

  #number(label: string, name: "maxChain", value: number | undefined, otherwise: number) {
    const change = (event: Event): void => {
      const text = textIn(event);
      this.#change(/^\d+$/.test(text) ? { [name]: Number(text) } : without(name));
    };
    return html`<label>${label} <input type="text" inputmode="numeric" .value=${value === undefined ? "" : String(value)} placeholder=${otherwise} @change=${change} /></label>`;
  }

  /** What the page has no field for: what exists outside, who is in an organization, quotas. */
  #others() {
    const entries = Object.entries(this.draft.options).filter(([name]) => !FIELDS.includes(name));
    const change = (event: Event): void => {
      const text = textIn(event) || "{}";
      const value = parse(text);
      this.wrong = !isObject(value);
      if (!isObject(value)) return;
      const gone = Object.fromEntries(entries.map(([name]) => [name, undefined]));
      this.#change({ ...gone, ...value } as OptionsChange);
    };
    return html`<label>Other options <textarea rows="3" spellcheck="false" aria-invalid=${this.wrong} placeholder='{ "resources": {}, "organizations": {}, "quotas": {} }'
        .value=${entries.length === 0 ? "" : pretty(Object.fromEntries(entries))} @change=${change}></textarea></label>
      ${this.wrong ? html`<p class="check wrong" role="alert">The other options are one JSON object.</p>` : nothing}`;
  }

  #change(change: OptionsChange): void {
    act(this, { type: "edit-options", change });
  }
}

function without(name: keyof OptionsChange): { [name: string]: undefined } {
  return { [name]: undefined };
}

function textIn(event: Event): string {
  return (event.target as HTMLInputElement).value.trim();
}

customElements.define("ebs-settings", SettingsElement);
