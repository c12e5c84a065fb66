/** `<ebs-event>`: the event, who sends it, and where to. */
import { css, html, LitElement, nothing } from "lit";
import type { Cursor } from "../model/actions.js";
import { accountsOf, busAt, busesShown, busKey, busLabel } from "../model/buses.js";
import type { Draft, EventDraft, RuleDraft } from "../model/draft.js";
import type { Evaluation } from "../model/evaluate.js";
import { isObject, parse, pretty } from "../model/json-text.js";
import { NO_MARKS } from "../model/misses.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { column } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";
import { turn } from "../ui/turn.js";
import "./field.js";

/** The kind of what is dragged: an event of this page, by its id. */
const LIFTED = "application/x-ebsim-event";

/** What a step that is no event can be, with something to begin from. */
const STEPS: [string, string][] = [
  ["time passes", '{ "advance": "15m" }'],
  ["a schedule fires", '{ "trigger": "my-rule" }'],
  ["a call is made", '{\n  "call": { "operation": "DisableRule", "input": { "Name": "my-rule" } }\n}'],
];

export class EventElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    cursor: { attribute: false },
    evaluation: { attribute: false },
  };

  static override styles = [
    shared,
    column,
    css`
      .events {
        margin: 0 0 8px;
      }
      .events button {
        font-size: var(--small);
        min-height: 26px;
      }
      .events button.before {
        border-color: var(--accent);
        border-style: dashed;
      }
      header .events {
        margin: 0;
      }
      .place {
        cursor: grab;
      }
      .events select {
        font-size: var(--small);
        min-height: 26px;
        width: 86px;
      }
      .events label {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        font-size: var(--small);
        color: var(--ink-2);
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
      .to {
        margin: -2px 0 8px 6px;
      }
      .way label {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      .way input[type="text"] {
        width: 142px;
        min-height: 26px;
        font-size: var(--small);
      }
      .way select {
        max-width: 190px;
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

  /** The page begins with more than one task is to draw. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  protected override render() {
    const { draft, cursor, evaluation } = this;
    const event = draft.events.find((it) => it.id === cursor.event) ?? draft.events[0];
    if (!event) return nothing;
    const step = event.kind === "step";
    const entry = step ? null : evaluation.entry;
    const rule = lookedAt(draft, cursor);
    const marks = (rule && evaluation.run?.verdicts.get(rule.id)?.misses.event) ?? NO_MARKS;
    const note = step ? "A step of the scenario. What stands before it happens first." : entry?.note;
    return html`
      <header class="row">
        <h2>${step ? "Step" : "Event"}</h2>
        ${this.#add()}
      </header>
      ${draft.events.length > 1 || step ? this.#choice(event) : nothing}
      ${step ? this.#step(event) : this.#way(event)}
      <ebs-field
        named=${step ? "Step" : "Event"}
        kind=${event.kind}
        hint="An event as rules see it: { &quot;source&quot;: ..., &quot;detail-type&quot;: ..., &quot;detail&quot;: { ... } }"
        .value=${event.text}
        .diagnostics=${evaluation.fields.get(event.id)?.diagnostics ?? []}
        .marks=${marks}
        @edit=${(edit: CustomEvent<string>) => act(this, { type: "edit-event", id: event.id, text: edit.detail })}
      ></ebs-field>
      ${step ? nothing : this.#remedy(event)}
      ${rule && marks.list.length > 0 && marks.text === event.text ? html`<p class="note missed"><span class="sample">Underlined</span>: what rule <strong>${rule.name}</strong> stumbles over.</p>` : nothing}
      ${note ? html`<p class="note quiet">${note}</p>` : nothing}
    `;
  }

  /** What happens in order; the chosen one is edited and sent, alone or after those before it. */
  #choice(current: EventDraft) {
    const { draft, cursor } = this;
    const together = cursor.together || current.kind === "step";
    const at = draft.events.indexOf(current);
    const last = draft.events.at(-1);
    const play = (): void => act(this, { type: "play", together: true, id: last?.id ?? current.id });
    const turn = (event: Event): void =>
      act(this, { type: "play", together: (event.target as HTMLInputElement).checked });
    return html`<div class="row events" role="group" aria-label="Which event is sent">
        ${draft.events.map(
          (
            event,
            number,
          ) => html`<span class="place" draggable="true" @dragstart=${(drag: DragEvent) => this.#lift(drag, event.id)}
            @dragover=${this.#over} @drop=${(drag: DragEvent) => this.#put(drag, number)}><button type="button" aria-pressed=${event === current} title=${titleOf(event)}
            class=${together && number < at ? "before" : ""} aria-label="${number + 1}: ${titleOf(event)}"
            @click=${() => act(this, { type: "choose-event", id: event.id })}>${event.kind === "step" ? icon("clock") : nothing} ${number + 1}</button></span>`,
        )}
        ${this.#mover(current, at - 1, "Earlier", "left")} ${this.#mover(current, at + 1, "Later", "right")}
        <button class="plain" type="button" aria-label="Remove this ${current.kind}" title="Remove this ${current.kind}"
          @click=${() => act(this, { type: "remove-event", id: current.id })}>${icon("bin")}</button>
      </div>
      <div class="row events">
        <button type="button" @click=${play} ?disabled=${together && current === last}>${icon("play")} Play all ${draft.events.length}</button>
        <label><input type="checkbox" .checked=${together} ?disabled=${current.kind === "step"} @change=${turn} /> after those before it</label>
      </div>`;
  }

  /** The order can be changed by these two, and by dragging the numbers. */
  #mover(event: EventDraft, to: number, word: string, sign: "left" | "right") {
    const away = to < 0 || to >= this.draft.events.length;
    const label = `${word}: move this ${event.kind} to place ${away ? "" : to + 1}`.trim();
    return html`<button class="plain" type="button" aria-label=${label} title="${word}, or drag the number" ?disabled=${away}
      @click=${() => act(this, { type: "move-event", id: event.id, to })}>${icon(sign)}</button>`;
  }

  #lift(drag: DragEvent, id: string): void {
    drag.dataTransfer?.setData(LIFTED, id);
    if (drag.dataTransfer) drag.dataTransfer.effectAllowed = "move";
  }

  readonly #over = (drag: DragEvent): void => {
    if (drag.dataTransfer?.types.includes(LIFTED)) drag.preventDefault();
  };

  #put(drag: DragEvent, to: number): void {
    const id = drag.dataTransfer?.getData(LIFTED) ?? "";
    if (id === "") return;
    drag.preventDefault();
    act(this, { type: "move-event", id, to });
  }

  #add() {
    const add = (event: Event): void => {
      const select = event.target as HTMLSelectElement;
      const text = STEPS[Number(select.value)]?.[1];
      select.value = "";
      if (text !== undefined) act(this, { type: "add-event", kind: "step", text });
    };
    const another = (): void => act(this, { type: "add-event", kind: "event", text: this.#example() });
    return html`<div class="row events push">
      <button class="plain" type="button" @click=${another}>${icon("plus")} Add event</button>
      <select aria-label="Add a step" @change=${add}>
        <option value="">Step…</option>
        ${STEPS.map(([name], at) => html`<option value=${at}>${name}</option>`)}
      </select>
    </div>`;
  }

  /** Something to begin from: the event that is there. */
  #example(): string {
    const current = this.draft.events.find((it) => it.id === this.cursor.event && it.kind === "event");
    return current?.text ?? pretty({ source: "my.app", "detail-type": "Something Happened", detail: {} });
  }

  /** A duration has a field of its own; other steps are JSON. */
  #step(event: EventDraft) {
    const value = parse(event.text);
    if (!isObject(value) || typeof value.advance !== "string") return nothing;
    const change = (it: Event): void =>
      act(this, {
        type: "edit-event",
        id: event.id,
        text: `{ "advance": ${JSON.stringify((it.target as HTMLInputElement).value)} }`,
      });
    return html`<div class="row way"><label>${icon("clock")} The clock moves on by
      <input type="text" .value=${value.advance} placeholder="1h30m" @change=${change} /></label></div>`;
  }

  #way(event: EventDraft) {
    const { entry } = this.evaluation;
    if (entry?.via === "emit") {
      return html`<div class="row way"><span class="badge">${icon("bolt")} from an AWS service</span>
        <span>${icon("arrow")} bus <code>${entry.bus}</code></span></div>`;
    }
    const { draft } = this;
    const sender = entry?.sender ?? "";
    const send = (it: Event): void => {
      const input = it.target as HTMLInputElement;
      const account = input.value.replaceAll(/[\s-]/g, "");
      if (/^\d{12}$/.test(account)) act(this, { type: "send-as", id: event.id, account });
      else input.value = sender;
    };
    return html`<div class="row way">
      <span class="badge">${icon("send")} PutEvents</span>
      <label>by account <input type="text" inputmode="numeric" list="accounts" aria-label="Account that sends it" autocomplete="off"
        title="Twelve digits. Another account than that of the bus needs its policy." .value=${sender} @change=${send} /></label>
      <datalist id="accounts">${accountsOf(draft).map((account) => html`<option value=${account}></option>`)}</datalist>
    </div>
    <div class="row way to">${icon("arrow")} ${this.#busChoice(event)}</div>`;
  }

  /** An event that another account's bus refuses can be let in with one press. */
  #remedy(event: EventDraft) {
    const { entry, fields } = this.evaluation;
    const bus = busAt(event.bus, event.from ?? {}, this.draft);
    const refused = fields.get(event.id)?.diagnostics.some((it) => it.message.includes("AccessDenied")) ?? false;
    if (!refused || !entry || entry.sender === bus.account) return nothing;
    const allow = (): void => act(this, { type: "allow-account", bus, account: entry.sender });
    return html`<p class="note"><button type="button" @click=${allow}>${icon("lock")} Let ${entry.sender} send to ${bus.name}</button></p>`;
  }

  #busChoice(event: EventDraft) {
    const { draft } = this;
    const on = busAt(event.bus, event.from ?? {}, draft);
    const known = busesShown(draft);
    const all = known.some((bus) => busKey(bus) === busKey(on)) ? known : [...known, on];
    const choose = (change: Event): void => {
      const key = (change.target as HTMLSelectElement).value;
      const bus = all.find((it) => busKey(it) === key);
      if (bus) act(this, { type: "send-to", id: event.id, bus });
    };
    return html`<label>bus
      <select aria-label="Bus the event goes to" @change=${choose}>
        ${all.map((bus) => html`<option value=${busKey(bus)} .selected=${busKey(bus) === busKey(on)}>${busLabel(bus, draft)}</option>`)}
      </select></label>`;
  }
}

/** What a step is, in a few words. */
function titleOf(event: EventDraft): string {
  const value = parse(event.text);
  if (!isObject(value)) return event.kind;
  if (event.kind === "step") {
    return Object.entries(value)
      .map(([name, it]) => `${name} ${isObject(it) ? String(it.operation ?? "") : String(it)}`)
      .join();
  }
  return String(value["detail-type"] ?? value.DetailType ?? value.source ?? "event").slice(0, 80);
}

/** The rule in focus; where there is only one, it is that. */
function lookedAt(draft: Draft, cursor: Cursor): RuleDraft | undefined {
  const [only, ...others] = draft.rules;
  return others.length === 0 ? only : draft.rules.find((rule) => rule.id === cursor.rule);
}

customElements.define("ebs-event", EventElement);
