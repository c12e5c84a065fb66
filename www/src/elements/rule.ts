/** `<ebs-rule>`: one rule: its answer to the event, its pattern, its targets. */
import { css, html, LitElement, nothing } from "lit";
import type { Diagnostic, EventEnvelope, Range } from "../../../src/js/types.js";
import { type BusAt, busAt, busKey, busLabel, type World } from "../model/buses.js";
import type { RuleDraft } from "../model/draft.js";
import type { Field } from "../model/evaluate.js";
import { isObject, parse } from "../model/json-text.js";
import { NO_MARKS } from "../model/misses.js";
import type { Verdict } from "../model/run.js";
import type { Suggest } from "../model/suggestions.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { besideInWords, failedInWords, heldInWords } from "../ui/leaf-words.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { signOf, times } from "../ui/words.js";
import { FieldElement } from "./field.js";

/** Members of PutRule's input that are one text: the name, what it is called here, an example. */
const MORE: [string, string, string][] = [
  ["ScheduleExpression", "Schedule", "rate(5 minutes)"],
  ["Description", "Description", "What the rule is for"],
  ["RoleArn", "Role", "arn:aws:iam::123456789012:role/name"],
];

/** When scenarios begin that do not say. */
const START = "2026-01-01T00:00:00Z";

export class RuleElement extends LitElement {
  static override properties = {
    rule: { attribute: false },
    world: { attribute: false },
    buses: { attribute: false },
    folded: { type: Boolean },
    verdict: { attribute: false },
    pattern: { attribute: false },
    targets: { attribute: false },
    event: { attribute: false },
    typed: { type: String },
    looked: { state: true },
  };

  static override styles = [
    shared,
    css`
      article {
        padding: 10px 12px 12px;
      }
      article.matched {
        border-left: 3px solid var(--good);
      }
      article.folded {
        padding: 5px 8px 6px;
      }
      .head {
        flex-wrap: nowrap;
      }
      .fold {
        margin-left: -6px;
      }
      span.name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        font-weight: 600;
        cursor: pointer;
      }
      .brief {
        margin-left: 28px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .brief:empty {
        display: none;
      }
      input.name[type="text"] {
        flex: 1 1 90px;
        min-width: 0;
        font-weight: 600;
        border-color: transparent;
        padding: 2px 6px;
        margin-left: -6px;
        background: none;
      }
      input.name[type="text"]:hover {
        border-color: var(--line-strong);
      }
      .settings {
        margin: 4px 0 8px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .settings select {
        font-size: var(--small);
        min-height: 26px;
        max-width: 170px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      .why {
        margin: 0 0 10px;
        font-size: var(--small);
      }
      .why li {
        display: flex;
        gap: 7px;
        padding: 3px 0;
        overflow-wrap: anywhere;
      }
      .why svg.icon {
        margin-top: 3px;
      }
      .why .yes svg.icon {
        color: var(--good);
      }
      .why .no svg.icon {
        color: var(--bad);
      }
      .why .hint svg.icon {
        color: var(--warn);
      }
      .why .yes {
        color: var(--ink-2);
      }
      .hint {
        display: flex;
        gap: 6px;
        margin-top: 2px;
        color: var(--warn);
      }
      details {
        margin-top: 10px;
      }
      summary {
        font-size: var(--small);
        color: var(--ink-2);
        padding: 2px 0;
      }
      summary:hover {
        color: var(--ink);
      }
      details ebs-field {
        margin-top: 6px;
      }
      .more {
        display: grid;
        grid-template-columns: 84px minmax(0, 1fr);
        align-items: center;
        margin-top: 6px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .more input[type="text"] {
        min-width: 0;
        font-size: var(--small);
        color: var(--ink);
      }
      .icon-only {
        padding: 2px 7px;
      }
    `,
  ];

  declare rule: RuleDraft;
  declare world: World;
  /** Every bus there is. */
  declare buses: BusAt[];
  /** Whether only its first line is shown. */
  declare folded: boolean;
  declare verdict: Verdict | undefined;
  declare pattern: Field | undefined;
  declare targets: Field | undefined;
  /** As the rules of its bus see it. */
  declare event: EventEnvelope | undefined;
  /** What was typed as the event. */
  declare typed: string;
  /** Whether the targets were opened: what they receive is worked out from then on. */
  declare looked: boolean;

  protected override render() {
    const { rule, verdict, folded } = this;
    const broken = this.pattern?.broken ?? false;
    const matched = verdict?.outcome === "matched" && !broken;
    const look = (): void => {
      if (!folded) act(this, { type: "look-at-rule", id: rule.id });
    };
    return html`<article class="card ${matched ? "matched" : ""} ${folded ? "folded" : ""}" aria-label="Rule ${rule.name}" @focusin=${look}>
      <div class="row head">
        <button class="plain icon-only fold" type="button" aria-expanded=${!folded} aria-label="Details of rule ${rule.name}"
          @click=${this.#turn}>${icon(folded ? "right" : "down")}</button>
        ${
          folded
            ? html`<span class="name" @click=${this.#turn}>${rule.name}</span>`
            : html`<input class="name" type="text" aria-label="Name of the rule" spellcheck="false" autocomplete="off"
                .value=${rule.name} @change=${this.#rename} />`
        }
        ${folded ? this.#signs(broken) : nothing}
        <button class="plain icon-only" type="button" title="Remove the rule" aria-label="Remove rule ${rule.name}"
          @click=${() => act(this, { type: "remove-rule", id: rule.id })}>${icon("bin")}</button>
      </div>
      ${folded ? this.#inBrief(broken) : this.#whole(broken)}
    </article>`;
  }

  #signs(broken: boolean) {
    const { verdict } = this;
    const fired = broken ? 0 : (verdict?.fired ?? 0);
    const later = verdict?.outcome !== "matched" && fired > 0;
    const sign = broken ? signOf("invalid") : verdict ? signOf(verdict.outcome) : undefined;
    return html`${sign ? html`<span class="badge ${sign.tone}" data-outcome=${verdict?.outcome ?? ""}>${icon(sign.icon)} ${sign.word}${fired > 1 && !later ? ` ×${fired}` : ""}</span>` : nothing}
        ${later ? html`<span class="badge good" title="An event that followed from this one matches">${icon("check")} later${fired > 1 ? ` ×${fired}` : ""}</span>` : nothing}`;
  }

  /** One line: where it is, and why it does not match. */
  #inBrief(broken: boolean) {
    const { rule, world, verdict, buses } = this;
    const bus = busLabel(busAt(rule.bus, rule, world), world);
    const why = broken ? "" : verdict?.outcome === "no-match" ? (verdict.reason ?? "") : "";
    return html`<p class="brief quiet">${buses.length > 1 ? html`on ${bus}${why ? ": " : ""}` : nothing}${prose(why)}</p>`;
  }

  #whole(broken: boolean) {
    const { rule, verdict, world } = this;
    const on = busKey(busAt(rule.bus, rule, world));
    return html`<div class="row settings">
        ${this.#signs(broken)}
        <label>on bus
          <select @change=${this.#move}>
            ${this.buses.map((bus) => html`<option value=${busKey(bus)} .selected=${busKey(bus) === on}>${busLabel(bus, world)}</option>`)}
          </select></label>
        <label><input type="checkbox" .checked=${rule.enabled} @change=${this.#enable} /> enabled</label>
      </div>
      ${broken ? nothing : this.#why()}
      <ebs-field
        label="Event pattern"
        named="Event pattern of rule ${rule.name}"
        kind="pattern"
        hint="An event pattern, such as { &quot;source&quot;: [&quot;aws.s3&quot;] }"
        .value=${rule.pattern}
        .diagnostics=${this.pattern?.diagnostics ?? []}
        .marks=${verdict?.misses.pattern ?? NO_MARKS}
        .suggest=${this.#suggest}
        @edit=${(event: CustomEvent<string>) => this.#change({ pattern: event.detail })}
      ></ebs-field>
      <details ?open=${hasError(this.targets?.diagnostics)} @toggle=${this.#look}>
        <summary>${this.#targetsInWords()}</summary>
        <ebs-field
          named="Targets of rule ${rule.name}"
          kind="targets"
          hint="A list of targets: [{ &quot;Id&quot;: &quot;...&quot;, &quot;Arn&quot;: &quot;...&quot; }]"
          .value=${rule.targets}
          .diagnostics=${this.targets?.diagnostics ?? []}
          @edit=${(event: CustomEvent<string>) => this.#change({ targets: event.detail })}
        ></ebs-field>
        ${this.looked ? this.#preview() : nothing}
        <ebs-new-target .rule=${rule} .world=${world}></ebs-new-target>
      </details>
      ${this.#more()}`;
  }

  /** What the targets receive: loaded with the first look at them. */
  #look(event: Event): void {
    if (this.looked || !(event.currentTarget as HTMLDetailsElement).open) return;
    void import("./input-preview.js").catch(() => undefined);
    this.looked = true;
  }

  #preview() {
    const { rule, world, verdict } = this;
    return html`<ebs-input-preview role="region" aria-label="What the targets of rule ${rule.name} receive"
      .targets=${rule.targets} .event=${this.event} .typed=${this.typed ?? ""} .named=${rule.name} .arn=${verdict?.arn ?? ""}
      .now=${world.options.now ?? START} .outcome=${verdict?.outcome ?? ""}></ebs-input-preview>`;
  }

  /** What else PutRule takes. */
  #more() {
    const { extra } = this.rule;
    const told = MORE.flatMap(([name, label]) => (typeof extra[name] === "string" ? [label.toLowerCase()] : []));
    return html`<details ?open=${"ScheduleExpression" in extra}>
      <summary>Schedule and description${told.length > 0 ? `: ${told.join(", ")}` : ""}</summary>
      ${MORE.map(
        ([name, label, hint]) => html`<label class="more">${label}
        <input type="text" placeholder=${hint} spellcheck="false" autocomplete="off" .value=${String(extra[name] ?? "")}
          @change=${(event: Event) => this.#extra(name, (event.target as HTMLInputElement).value.trim())} /></label>`,
      )}
      <ebs-firings .firings=${this.verdict?.firings}></ebs-firings>
    </details>`;
  }

  #extra(name: string, text: string): void {
    const { [name]: _, ...rest } = this.rule.extra;
    this.#change({ extra: text === "" ? rest : { ...rest, [name]: text } });
  }

  #turn(): void {
    this.dispatchEvent(new CustomEvent("fold", { detail: !this.folded }));
  }

  readonly #suggest: Suggest = (text, at, suggestions) => suggestions(text, at, this.event);

  /** Leaf by leaf; what failed comes first. */
  #why() {
    const { verdict } = this;
    if (!verdict) return nothing;
    if (verdict.outcome === "not-asked") {
      if (!this.event) return html`<p class="why quiet">No event arrived, so this rule was not asked.</p>`;
      return html`<p class="why quiet">The event went to another bus, so this rule was not asked${verdict.fired > 0 ? ", but an event that followed matched it" : ""}.</p>`;
    }
    if (verdict.outcome === "disabled")
      return html`<p class="why quiet">The rule is disabled, so no event reaches its targets.</p>`;
    const told = verdict.leaves.filter((leaf) => leaf.branch === undefined);
    const failed = told.filter((leaf) => !leaf.matched);
    const held = told.filter((leaf) => leaf.matched);
    const beside = verdict.leaves.filter((leaf) => leaf.branch !== undefined && !leaf.matched);
    if (failed.length === 0 && held.length === 0) {
      return verdict.reason ? html`<p class="why no">${prose(verdict.reason)}</p>` : nothing;
    }
    return html`<ul class="why" aria-label="Field by field">
      ${failed.map(failedInWords)}
      ${held.length > 0 ? html`<li class="yes">${icon("check")}<span>${heldInWords(held, failed.length)}</span></li>` : nothing}
    </ul>
    ${beside.length > 0 ? besideInWords(beside) : nothing}
    ${failed.length > 0 ? html`<ebs-why .leaves=${told} .named=${this.rule.name} @reveal=${this.#reveal}></ebs-why>` : nothing}`;
  }

  /** A leaf of the explanation, in the text that it was explained for. */
  #reveal(event: CustomEvent<Range>): void {
    const field = this.renderRoot.querySelector("ebs-field");
    if (field instanceof FieldElement) field.reveal(event.detail);
  }

  #targetsInWords(): string {
    const list = parse(this.targets?.good ?? this.rule.targets);
    if (!Array.isArray(list) || list.length === 0) return "Targets: none yet";
    const names = list.map((target) => (isObject(target) && typeof target.Id === "string" ? target.Id : "?"));
    return `${times(list.length, "target")}: ${names.join(", ")}`;
  }

  #change(change: Partial<Omit<RuleDraft, "id">>): void {
    act(this, { type: "edit-rule", id: this.rule.id, change });
  }

  #rename(event: Event): void {
    this.#change({ name: (event.target as HTMLInputElement).value.trim() });
  }

  #move(event: Event): void {
    const key = (event.target as HTMLSelectElement).value;
    const bus = this.buses.find((it) => busKey(it) === key);
    if (bus) act(this, { type: "move-rule", id: this.rule.id, bus });
  }

  #enable(event: Event): void {
    this.#change({ enabled: (event.target as HTMLInputElement).checked });
  }
}

function hasError(diagnostics: Diagnostic[] | undefined): boolean {
  return diagnostics?.some((it) => it.severity === "error") ?? false;
}

customElements.define("ebs-rule", RuleElement);
