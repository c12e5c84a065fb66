/** `<ebs-event>`: the event, who sends it, and where to. */
import { css, html, LitElement, nothing } from "lit";
import type { Cursor } from "../model/actions.js";
import type { Draft, EventDraft, RuleDraft } from "../model/draft.js";
import type { Evaluation } from "../model/evaluate.js";
import { NO_MARKS } from "../model/misses.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import "./field.js";
import { busNames } from "./rules.js";

export class EventElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    cursor: { attribute: false },
    evaluation: { attribute: false },
  };

  static override styles = [
    shared,
    css`
      header {
        margin-bottom: 8px;
        min-height: 30px;
      }
      .events button[aria-pressed="true"] {
        background: var(--accent-soft);
        border-color: var(--accent);
        color: var(--accent);
        font-weight: 600;
      }
      .way {
        margin: 0 0 8px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .way select {
        min-height: 26px;
        font-size: var(--small);
      }
      ebs-field {
        --editor-min: 180px;
        --editor-max: 62vh;
      }
      .note {
        margin-top: 8px;
      }
      .missed {
        font-size: var(--small);
        overflow-wrap: anywhere;
      }
      .sample {
        text-decoration: underline wavy var(--bad) 1px;
        text-underline-offset: 4px;
      }
    `,
  ];

  declare draft: Draft;
  declare cursor: Cursor;
  declare evaluation: Evaluation;

  protected override render() {
    const { draft, cursor, evaluation } = this;
    const event = draft.events.find((it) => it.id === cursor.event) ?? draft.events[0];
    if (!event) return nothing;
    const entry = evaluation.entry;
    const rule = lookedAt(draft, cursor);
    const marks = (rule && evaluation.run?.verdicts.get(rule.id)?.misses.event) ?? NO_MARKS;
    return html`
      <header class="row">
        <h2>Event</h2>
        ${draft.events.length > 1 ? this.#choice(event) : nothing}
      </header>
      <div class="row way">
        ${
          entry?.via === "emit"
            ? html`<span class="badge">${icon("bolt")} from an AWS service</span> ${icon("arrow")} <span>bus <code>${entry.bus}</code></span>`
            : html`<span class="badge">${icon("send")} PutEvents</span> ${icon("arrow")} ${this.#busChoice(event)}`
        }
      </div>
      <ebs-field
        named="Event"
        hint="An event as rules see it: { &quot;source&quot;: ..., &quot;detail-type&quot;: ..., &quot;detail&quot;: { ... } }"
        .value=${event.text}
        .diagnostics=${evaluation.fields.get(event.id)?.diagnostics ?? []}
        .marks=${marks}
        @edit=${(edit: CustomEvent<string>) => act(this, { type: "edit-event", id: event.id, text: edit.detail })}
      ></ebs-field>
      ${rule && marks.list.length > 0 && marks.text === event.text ? html`<p class="note missed"><span class="sample">Underlined</span>: what rule <strong>${rule.name}</strong> stumbles over.</p>` : nothing}
      ${entry ? html`<p class="note quiet">${entry.note}</p>` : nothing}
    `;
  }

  #choice(current: EventDraft) {
    return html`<div class="row events" role="group" aria-label="Which event is sent">
      ${this.draft.events.map(
        (event, at) => html`<button type="button" aria-pressed=${event === current}
          @click=${() => act(this, { type: "choose-event", id: event.id })}>${at + 1}</button>`,
      )}
    </div>`;
  }

  #busChoice(event: EventDraft) {
    const names = busNames(this.draft);
    const all = names.includes(event.bus) ? names : [...names, event.bus];
    const choose = (change: Event): void =>
      act(this, { type: "send-to", id: event.id, bus: (change.target as HTMLSelectElement).value });
    return html`<label>bus
      <select aria-label="Bus the event goes to" @change=${choose}>
        ${all.map((name) => html`<option value=${name} ?selected=${name === event.bus}>${name}</option>`)}
      </select></label>`;
  }
}

/** The rule in focus; where there is only one, it is that. */
function lookedAt(draft: Draft, cursor: Cursor): RuleDraft | undefined {
  const [only, ...others] = draft.rules;
  return others.length === 0 ? only : draft.rules.find((rule) => rule.id === cursor.rule);
}

customElements.define("ebs-event", EventElement);
