/** `<ebs-rules>`: buses, rules and what targets do. */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Preset } from "../../../src/js/types.js";
import type { Cursor } from "../model/actions.js";
import { type BusAt, busAt, busesShown, busKey, busLabel, DEFAULT_BUS, type World } from "../model/buses.js";
import type { Draft, RuleDraft } from "../model/draft.js";
import type { Evaluation } from "../model/evaluate.js";
import { EFFECTS_KEY, patternKey, targetsKey } from "../model/fields.js";
import type { Verdict } from "../model/run.js";
import { act } from "../ui/act.js";
import { Groups } from "../ui/groups.js";
import { icon } from "../ui/icons.js";
import { Kept } from "../ui/kept.js";
import { column } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";
import { turn } from "../ui/turn.js";
import { times } from "../ui/words.js";
import type { RuleElement } from "./rule.js";
import "./rule.js";

/** With more rules than these, each is a line until it is opened. */
const UNFOLDED = 6;
/** As many rules are drawn in one task. */
const AT_ONCE = 16;

export class RulesElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    cursor: { attribute: false },
    evaluation: { attribute: false },
    presets: { attribute: false },
    adding: { state: true },
    wrong: { state: true },
  };

  static override styles = [
    shared,
    column,
    css`
      .buses {
        margin-bottom: 10px;
        font-size: var(--small);
      }
      .bus {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        min-height: 26px;
        padding: 1px 10px;
        border: 1px solid var(--line);
        border-radius: 99px;
        font-size: var(--small);
        overflow-wrap: anywhere;
        text-align: left;
      }
      .bus[aria-pressed="true"] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
      .chosen {
        margin: -2px 0 10px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      .list,
      .list > div {
        display: grid;
        gap: var(--gap);
      }
      /* What is out of sight is neither laid out nor painted: there may be hundreds. Lists that open over an editor need room. */
      .list > .folded {
        content-visibility: auto;
        contain-intrinsic-height: auto 1050px;
      }
      @media print {
        .list > .folded {
          content-visibility: visible;
        }
      }
      ebs-policies,
      ebs-effects,
      ebs-settings {
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
      form {
        display: grid;
        grid-template-columns: auto minmax(0, 180px);
        align-items: center;
        gap: 6px 8px;
        width: 100%;
        padding: 10px 12px;
        color: var(--ink-2);
      }
      form label {
        display: contents;
      }
      .wrong {
        grid-column: 2;
        color: var(--bad);
      }
      form .row {
        grid-column: 2;
      }
    `,
  ];

  declare draft: Draft;
  declare cursor: Cursor;
  declare evaluation: Evaluation;
  declare presets: Preset[];
  declare adding: boolean;
  /** What is wrong with the bus in the form. */
  declare wrong: string;
  /** Which rules the reader has opened or closed, by id. */
  readonly #folds = new Map<string, boolean>();
  #known = new Set<string>();
  /** How many rules are drawn so far. */
  #drawn = AT_ONCE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What each rule was given last. */
  readonly #verdicts = new Map<string, Verdict>();
  readonly #shown = new Kept();
  readonly #groups = new Groups(AT_ONCE);
  // As long as nothing in them changes these stay the same objects: hundreds of rules are then not drawn anew.
  #world: World = { options: {} };
  #buses: BusAt[] = [];

  constructor() {
    super();
    this.adding = false;
    this.wrong = "";
    this.presets = [];
  }

  /** The page begins with more than one task is to draw. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  /** A rule that has just been added is open. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get("draft")?.rules === this.draft.rules) return;
    if (!this.draft.rules.some((rule) => this.#known.has(rule.id))) this.#drawn = AT_ONCE;
    const ids = this.draft.rules.map((rule) => rule.id);
    const fresh = ids.filter((id) => !this.#known.has(id));
    if (fresh.length === 1 && fresh[0] !== undefined && this.#known.size > 0) this.#folds.set(fresh[0], false);
    this.#known = new Set(ids);
    for (const id of this.#verdicts.keys()) if (!this.#known.has(id)) this.#verdicts.delete(id);
  }

  protected override render() {
    const { draft, evaluation, cursor } = this;
    const buses = this.#busesNow();
    const chosen = buses.find((bus) => busKey(bus) === cursor.bus);
    const rules = chosen ? draft.rules.filter((rule) => isOn(rule, chosen, draft)) : draft.rules;
    this.#shown.begin();
    return html`
      <header class="row">
        <h2>Rules</h2>
        ${rules.length > UNFOLDED ? html`<span class="quiet" role="status">${this.#matching(rules)}</span>` : nothing}
        <button class="push" type="button" @click=${() => act(this, { type: "add-rule" })}>${icon("plus")} Add rule</button>
      </header>
      <div class="row buses" role="group" aria-label="Event buses">
        ${buses.length > 1 ? this.#chip("All buses", null, chosen === undefined) : nothing}
        ${buses.map((bus) => this.#chip(busLabel(bus, draft), busKey(bus), bus === chosen))}
        ${this.adding ? nothing : html`<button class="plain add" type="button" @click=${this.#openForm}>${icon("plus")} Add bus</button>`}
      </div>
      ${this.adding ? this.#busForm() : nothing}
      ${chosen ? this.#chosen(chosen, rules.length) : nothing}
      ${rules.length === 0 ? html`<p class="card empty">${chosen ? "No rule on this bus yet." : "No rule yet, so no event goes anywhere. Add one, paste one, or open an example."}</p>` : nothing}
      <div class="list">
        ${repeat(
          this.#groups.of(rules.slice(0, this.#drawn)),
          ({ number, part }) => `${number}.${part}`,
          ({ items }) => this.#group(items, buses, rules.length > UNFOLDED),
        )}
      </div>
      <ebs-policies .draft=${draft} .chosen=${chosen} .fields=${evaluation.fields}></ebs-policies>
      <ebs-effects .draft=${draft} .field=${evaluation.fields.get(EFFECTS_KEY)} .presets=${this.presets} .event=${evaluation.run?.current?.event}></ebs-effects>
      <ebs-settings .draft=${draft}></ebs-settings>
    `;
  }

  /** Hundreds of rules are drawn in parts, so that nobody waits for the last. */
  protected override updated(): void {
    if (this.#drawn >= this.draft.rules.length) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#drawn += AT_ONCE;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #group(rules: RuleDraft[], buses: BusAt[], many: boolean) {
    const isFolded = ({ id }: RuleDraft): boolean => this.#folds.get(id) ?? many;
    return html`<div class=${rules.every(isFolded) ? "folded" : ""}>
      ${repeat(
        rules,
        ({ id }) => id,
        (rule) => this.#rule(rule, buses, isFolded(rule)),
      )}
    </div>`;
  }

  /** Folded, a rule shows little, and there may be hundreds: it is given nothing new but what it shows. */
  #rule(rule: RuleDraft, buses: BusAt[], folded: boolean) {
    const { evaluation, cursor } = this;
    const run = evaluation.run ?? undefined;
    const verdict = this.#verdict(rule.id, run?.verdicts.get(rule.id), folded);
    const pattern = evaluation.fields.get(patternKey(rule));
    const targets = evaluation.fields.get(targetsKey(rule));
    const event = folded ? undefined : run?.current?.event;
    const typed = folded ? "" : (evaluation.fields.get(cursor.event)?.good ?? "");
    const parts = [rule, this.#world, buses, folded, verdict, pattern, targets, event, typed];
    return this.#shown.item(
      rule.id,
      parts,
      () => html`<ebs-rule
      .rule=${rule}
      .world=${this.#world}
      .buses=${buses}
      .folded=${folded}
      .verdict=${verdict}
      .pattern=${pattern}
      .event=${event}
      .typed=${typed}
      .targets=${targets}
      @fold=${this.#onFold}
    ></ebs-rule>`,
    );
  }

  #verdict(id: string, now: Verdict | undefined, folded: boolean): Verdict | undefined {
    const before = this.#verdicts.get(id);
    if (folded && now && before && showTheSame(now, before)) return before;
    if (now) this.#verdicts.set(id, now);
    else this.#verdicts.delete(id);
    return now;
  }

  #busesNow(): BusAt[] {
    const { draft } = this;
    if (this.#world.options !== draft.options) this.#world = { options: draft.options };
    const buses = busesShown(draft);
    if (buses.map(busKey).join() !== this.#buses.map(busKey).join()) this.#buses = buses;
    return this.#buses;
  }

  #matching(rules: RuleDraft[]): string {
    const matched = rules.filter((rule) => this.evaluation.run?.verdicts.get(rule.id)?.outcome === "matched");
    return `${matched.length} of ${rules.length} match`;
  }

  #chip(label: string, key: string | null, pressed: boolean) {
    const choose = (): void => act(this, { type: "choose-bus", key: pressed ? null : key });
    return html`<button class="bus" type="button" aria-pressed=${pressed} @click=${choose}>
      ${key === null ? nothing : icon("bus")} ${label}</button>`;
  }

  #chosen(bus: BusAt, rules: number) {
    const remove = (): void => act(this, { type: "remove-bus", bus });
    const left = rules > 0 ? ` and its ${times(rules, "rule")}` : "";
    return html`<p class="row chosen">
      <span>Account ${bus.account}, ${bus.region}</span>
      ${busKey(bus) === busKey(busAt(DEFAULT_BUS, {}, this.draft)) ? nothing : html`<button class="plain add push" type="button" @click=${remove}>${icon("bin")} Remove bus ${bus.name}${left}</button>`}
    </p>`;
  }

  #busForm() {
    const cancel = (): void => {
      this.adding = false;
      this.wrong = "";
    };
    return html`<form class="card buses" @submit=${this.#addBus}>
      <label>Name <input type="text" name="name" aria-label="Name of the new bus" placeholder="orders" autocomplete="off" /></label>
      <label>Account <input type="text" name="account" aria-label="Account of the new bus" inputmode="numeric" placeholder="the same" autocomplete="off" /></label>
      <label>Region <input type="text" name="region" aria-label="Region of the new bus" placeholder="the same" autocomplete="off" /></label>
      ${this.wrong === "" ? nothing : html`<p class="wrong" role="alert">${this.wrong}</p>`}
      <span class="row"><button class="add" type="submit">Add</button>
        <button class="plain add" type="button" @click=${cancel}>Cancel</button></span>
    </form>`;
  }

  readonly #onFold = (event: Event): void => {
    const { rule } = event.currentTarget as RuleElement;
    this.#folds.set(rule.id, (event as CustomEvent<boolean>).detail);
    this.requestUpdate();
  };

  async #openForm(): Promise<void> {
    this.adding = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>("form input")?.focus();
  }

  #addBus(event: SubmitEvent): void {
    event.preventDefault();
    const given = (name: string): string =>
      this.renderRoot.querySelector<HTMLInputElement>(`form input[name="${name}"]`)?.value.trim() ?? "";
    const [name, account, region] = [given("name") || DEFAULT_BUS, given("account"), given("region")];
    const bus = busAt(name, { ...(account ? { account } : {}), ...(region ? { region } : {}) }, this.draft);
    const known = busesShown(this.draft).some((it) => busKey(it) === busKey(bus));
    this.wrong = this.#mistake(bus, known);
    if (this.wrong !== "") return;
    this.adding = false;
    act(this, { type: "add-bus", name, account, region });
  }

  #mistake(bus: BusAt, known: boolean): string {
    if (!/^\d{12}$/.test(bus.account)) return "An account is twelve digits.";
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(bus.region)) return "A region looks like eu-west-1.";
    return known ? "That bus is there already." : "";
  }
}

/** As far as a folded rule shows them. */
function showTheSame(one: Verdict, other: Verdict): boolean {
  return (
    one.outcome === other.outcome &&
    one.reason === other.reason &&
    one.fired === other.fired &&
    one.firings?.next[0] === other.firings?.next[0]
  );
}

function isOn(rule: RuleDraft, bus: BusAt, draft: Draft): boolean {
  return busKey(busAt(rule.bus, rule, draft)) === busKey(bus);
}

customElements.define("ebs-rules", RulesElement);
