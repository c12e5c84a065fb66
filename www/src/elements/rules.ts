/** `<ebs-rules>`: buses, rules and what targets do. */
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Preset } from "../../../src/js/types.js";
import { DEFAULT_BUS, type Draft } from "../model/draft.js";
import type { Evaluation } from "../model/evaluate.js";
import { EFFECTS_KEY, patternKey, targetsKey } from "../model/fields.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import "./effects.js";
import "./rule.js";

export class RulesElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    evaluation: { attribute: false },
    presets: { attribute: false },
    adding: { state: true },
  };

  static override styles = [
    shared,
    css`
      header {
        margin-bottom: 8px;
        min-height: 30px;
      }
      .buses {
        margin-bottom: 10px;
        font-size: var(--small);
      }
      .bus {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        padding: 2px 9px;
        border: 1px solid var(--line);
        border-radius: 99px;
        background: var(--surface);
      }
      .bus button {
        min-height: 0;
        padding: 0;
        border: none;
        background: none;
        color: var(--ink-3);
        line-height: 1;
      }
      .list {
        display: grid;
        gap: var(--gap);
      }
      ebs-effects {
        margin-top: var(--gap);
      }
      .empty {
        padding: 20px;
        text-align: center;
        color: var(--ink-2);
        border-style: dashed;
      }
      .add {
        font-size: var(--small);
        min-height: 26px;
      }
      form input {
        width: 120px;
        min-height: 26px;
        font-size: var(--small);
      }
    `,
  ];

  declare draft: Draft;
  declare evaluation: Evaluation;
  declare presets: Preset[];
  declare adding: boolean;

  constructor() {
    super();
    this.adding = false;
    this.presets = [];
  }

  protected override render() {
    const { draft, evaluation } = this;
    const buses = busNames(draft);
    return html`
      <header class="row">
        <h2>Rules</h2>
        <button class="push" type="button" @click=${() => act(this, { type: "add-rule" })}>${icon("plus")} Add rule</button>
      </header>
      <div class="row buses" role="group" aria-label="Event buses">
        <span class="bus">${icon("bus")} ${DEFAULT_BUS}</span>
        ${draft.buses.map(
          (bus) => html`<span class="bus">${icon("bus")} ${bus.name}${place(bus)}
            <button type="button" aria-label="Remove bus ${bus.name}" title="Remove the bus"
              @click=${() => act(this, { type: "remove-bus", id: bus.id })}>${icon("cross")}</button></span>`,
        )}
        ${this.adding ? this.#busForm() : html`<button class="plain add" type="button" @click=${this.#openForm}>${icon("plus")} Add bus</button>`}
      </div>
      ${draft.rules.length === 0 ? html`<p class="card empty">No rule yet, so no event goes anywhere. Add one, or open an example.</p>` : nothing}
      <div class="list">
        ${repeat(
          draft.rules,
          (rule) => rule.id,
          (rule) => html`<ebs-rule
            .rule=${rule}
            .buses=${buses}
            .verdict=${evaluation.run?.verdicts.get(rule.id)}
            .pattern=${evaluation.fields.get(patternKey(rule))}
            .event=${evaluation.run?.trace[0]?.event}
            .targets=${evaluation.fields.get(targetsKey(rule))}
          ></ebs-rule>`,
        )}
      </div>
      <ebs-effects .draft=${draft} .field=${evaluation.fields.get(EFFECTS_KEY)} .presets=${this.presets}></ebs-effects>
    `;
  }

  #busForm() {
    return html`<form class="row" @submit=${this.#addBus}>
      <input type="text" name="bus" aria-label="Name of the new bus" placeholder="orders" autocomplete="off" />
      <button class="add" type="submit">Add</button>
    </form>`;
  }

  async #openForm(): Promise<void> {
    this.adding = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>("form input")?.focus();
  }

  #addBus(event: SubmitEvent): void {
    event.preventDefault();
    const name = this.renderRoot.querySelector<HTMLInputElement>("form input")?.value.trim() ?? "";
    this.adding = false;
    if (name !== "") act(this, { type: "add-bus", name });
  }
}

export function busNames(draft: Draft): string[] {
  return [...new Set([DEFAULT_BUS, ...draft.buses.map((bus) => bus.name)])];
}

function place(bus: { account?: string; region?: string }): string {
  const parts = [bus.account, bus.region].filter((it) => it !== undefined);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}

customElements.define("ebs-rules", RulesElement);
