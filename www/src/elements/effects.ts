/** `<ebs-effects>`: what targets do when they are invoked: a form for the common case, JSON for all. */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { EventEnvelope, Preset } from "../../../src/js/types.js";
import { serviceOf, shortArn } from "../model/arn.js";
import { type Draft, differ } from "../model/draft.js";
import type { Field } from "../model/evaluate.js";
import { isObject, itemTexts, parse } from "../model/json-text.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { rows } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";
import "./effect.js";
import "./field.js";

/** More effects than these are JSON only. */
const SHOWN = 20;

export class EffectsElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    field: { attribute: false },
    presets: { attribute: false },
    event: { attribute: false },
  };

  static override styles = [
    shared,
    rows,
    css`
      section {
        padding: 10px 12px 12px;
      }
      p {
        overflow-wrap: anywhere;
        margin: 2px 0 8px;
      }
    `,
  ];

  declare draft: Draft;
  declare field: Field | undefined;
  declare presets: Preset[];
  /** The event whose fields conditions may name. */
  declare event: EventEnvelope | undefined;

  constructor() {
    super();
    this.presets = [];
  }

  /** Events are typed more often than this changes. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    if (changed.has("draft") && differ(changed.get("draft"), this.draft, ["rules", "effects", "handlers"])) return true;
    return this.draft.effects !== "" || [...changed.keys()].some((name) => name !== "draft" && name !== "event");
  }

  protected override render() {
    const { draft, field } = this;
    return html`<section class="card" aria-label="What targets do">
      <h2>What targets do</h2>
      <p class="quiet">The events that follow when a target is invoked. A target without an entry takes its event and does nothing more.</p>
      ${this.#form()}
      ${draft.handlers.map((it) => html`<p class="quiet">A handler answers for <code>${it.target}</code>: ${times(it.answers.length, "answer")}, then nothing.</p>`)}
      ${this.#forms()}
      <ebs-field
        named="Effects: what targets do"
        kind="effects"
        hint="[{ &quot;target&quot;: &quot;arn:aws:lambda:*:*:function:my-function&quot;, &quot;emits&quot;: [...] }]"
        .value=${draft.effects}
        .diagnostics=${field?.diagnostics ?? []}
        @edit=${(event: CustomEvent<string>) => act(this, { type: "edit-effects", text: event.detail })}
      ></ebs-field>
    </section>`;
  }

  #forms() {
    if (!this.#isList()) return nothing;
    return itemTexts(this.draft.effects)
      .slice(0, SHOWN)
      .map(
        (text, at) =>
          html`<ebs-effect .at=${at} .text=${text} .presets=${this.presets} .event=${this.event}></ebs-effect>`,
      );
  }

  #form() {
    const targets = this.#targets();
    if (targets.length === 0 || this.presets.length === 0) return nothing;
    const categories = [...new Set(this.presets.map((preset) => preset.category))];
    return html`<form @submit=${this.#add}>
      <label>When <select name="target" aria-label="Target">
        ${targets.map((arn) => html`<option value=${arn}>${serviceOf(arn)} ${shortArn(arn)}</option>`)}
      </select></label>
      <label>is invoked <select name="preset" aria-label="What follows">
        <option value="">an event of its own, written below</option>
        ${categories.map(
          (category) => html`<optgroup label=${category}>
            ${this.presets
              .filter((preset) => preset.category === category)
              .map((preset) => html`<option value=${preset.id} title=${preset.notes}>${preset.title}</option>`)}
          </optgroup>`,
        )}
      </select></label>
      <button type="submit" ?disabled=${!this.#isList()}>${icon("plus")} Add effect</button>
    </form>`;
  }

  /** The ARNs that rules send to. */
  #targets(): string[] {
    const arns = this.draft.rules.flatMap((rule) => {
      const list = parse(rule.targets);
      return Array.isArray(list) ? list.map((target) => (isObject(target) ? target.Arn : undefined)) : [];
    });
    return [...new Set(arns.filter((arn) => typeof arn === "string"))];
  }

  #isList(): boolean {
    return this.draft.effects.trim() === "" || Array.isArray(parse(this.draft.effects));
  }

  #add(event: SubmitEvent): void {
    event.preventDefault();
    const chosen = (name: string): string =>
      this.renderRoot.querySelector<HTMLSelectElement>(`select[name="${name}"]`)?.value ?? "";
    act(this, { type: "add-effect", target: chosen("target"), preset: chosen("preset") });
  }
}

customElements.define("ebs-effects", EffectsElement);
