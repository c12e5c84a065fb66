/** `<ebs-examples>`: the menu of examples, and what the open one shows in a sentence. */
import { css, html, LitElement, nothing } from "lit";
import type { Example } from "../../examples/index.js";
import { act } from "../ui/act.js";
import { shared } from "../ui/styles.js";

export class ExamplesElement extends LitElement {
  static override properties = {
    examples: { attribute: false },
    current: { attribute: false },
    title: { attribute: false },
    text: { attribute: false },
    inviting: { type: Boolean },
  };

  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 14px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        font-size: var(--small);
        color: var(--ink-2);
        min-width: 0;
        max-width: 100%;
      }
      select {
        min-width: 0;
        width: 300px;
        max-width: 100%;
        font-weight: 600;
        color: var(--ink);
      }
      .invitation {
        color: var(--ink);
        font-weight: 550;
      }
      @media print {
        label,
        .invitation {
          display: none;
        }
      }
      p {
        flex: 1 1 320px;
        color: var(--ink-2);
        max-width: 96ch;
      }
    `,
  ];

  declare examples: Example[];
  declare current: string | null;
  declare title: string;
  declare text: string;
  /** Whether to say what a newcomer can do. */
  declare inviting: boolean;

  #chosen = "";

  protected override render() {
    const groups = [...new Set(this.examples.map((it) => it.group))];
    return html`<div class="bar">
      <label>Example
        <select @change=${this.#open}>
          ${groups.map(
            (group) => html`<optgroup label=${group}>
              ${this.examples
                .filter((it) => it.group === group)
                .map((it) => html`<option value=${it.id} .selected=${it.id === this.current}>${it.title}</option>`)}
            </optgroup>`,
          )}
          <optgroup label="Your own">
            ${this.examples.some(({ id }) => id === this.current) || this.current === "" ? nothing : html`<option value="own" selected>${this.current === null ? "Your scenario" : this.title}</option>`}
            <option value="" .selected=${this.current === ""}>A blank page</option>
          </optgroup>
        </select></label>
      <p>${this.text}
        ${this.inviting ? html`<span class="invitation">Change anything here, or paste your own event, pattern or rules anywhere on the page: the answer follows at once.</span>` : nothing}</p>
    </div>`;
  }

  #open(event: Event): void {
    const id = (event.target as HTMLSelectElement).value;
    const example = this.examples.find((it) => it.id === id);
    // Of two that are chosen one after the other the last is opened, whichever comes first.
    this.#chosen = id;
    if (id === "") act(this, { type: "open-empty" });
    example?.load().then(
      (scenario) => {
        if (this.#chosen === id) act(this, { type: "open", scenario, example: id });
      },
      () => this.dispatchEvent(new CustomEvent("missing", { detail: example.title })),
    );
  }
}

customElements.define("ebs-examples", ExamplesElement);
