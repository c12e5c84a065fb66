/** `<ebs-policies>`: who may send to which bus: a form for letting an account in, the policy as JSON for the rest. */
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type BusAt, busAt, busesShown, busKey, busLabel, DEFAULT_BUS, homeOf } from "../model/buses.js";
import type { Draft, PolicyDraft } from "../model/draft.js";
import type { Field } from "../model/evaluate.js";
import type { FieldKey } from "../model/fields.js";
import { isAccount } from "../model/policies.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { folding } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";
import "./field.js";

export class PoliciesElement extends LitElement {
  static override properties = {
    draft: { attribute: false },
    chosen: { attribute: false },
    fields: { attribute: false },
    wrong: { state: true },
  };

  static override styles = [
    shared,
    folding,
    css`
      p {
        margin: 4px 0 8px;
      }
      form {
        gap: 6px 8px;
        font-size: var(--small);
        color: var(--ink-2);
      }
      input[type="text"] {
        width: 132px;
      }
      input,
      select,
      form button {
        font-size: var(--small);
        min-height: 28px;
      }
      select {
        max-width: 170px;
      }
      .wrong {
        color: var(--bad);
        font-size: var(--small);
      }
      .policy {
        margin-top: 10px;
      }
      .policy .row {
        font-size: var(--small);
        color: var(--ink-2);
        margin-bottom: 4px;
      }
    `,
  ];

  declare draft: Draft;
  /** The bus that is looked at; none for all. */
  declare chosen: BusAt | undefined;
  declare fields: ReadonlyMap<FieldKey, Field>;
  declare wrong: boolean;

  constructor() {
    super();
    this.wrong = false;
  }

  protected override render() {
    const { draft, chosen } = this;
    const buses = chosen ? [chosen] : busesShown(draft);
    const keys = buses.map(busKey);
    const policies = draft.policies.filter((it) => keys.includes(busKey(busAt(it.bus, it, draft))));
    // Somebody who has a bus of their own means that one.
    const home = homeOf(draft);
    const likely = buses.find((bus) => bus.name !== DEFAULT_BUS && bus.account === home.account) ?? buses[0];
    return html`<section class="card" aria-label="Who may send">
      <details ?open=${policies.length > 0}>
        <summary><h2>Who may send</h2></summary>
        <p class="quiet">A bus takes events of its own account. Anybody else, and a rule of another account, needs its policy.</p>
        <form class="row" @submit=${this.#allow} novalidate>
          Let <input type="text" name="account" inputmode="numeric" placeholder="account, or *" autocomplete="off" aria-label="Account that may send" aria-invalid=${this.wrong} />
          send to <select name="bus" aria-label="Bus it may send to">
            ${buses.map((bus) => html`<option value=${busKey(bus)} .selected=${bus === likely}>${busLabel(bus, draft)}</option>`)}
          </select>
          <button type="submit">${icon("plus")} Allow</button>
        </form>
        ${this.wrong ? html`<p class="wrong" role="alert">An account is twelve digits; <code>*</code> is everybody.</p>` : nothing}
        ${repeat(
          policies,
          (policy) => policy.id,
          (policy) => this.#policy(policy),
        )}
      </details>
    </section>`;
  }

  #policy(policy: PolicyDraft) {
    const name = busLabel(busAt(policy.bus, policy, this.draft), this.draft);
    return html`<div class="policy">
      <div class="row">${icon("lock")} Policy of bus <strong>${name}</strong>
        <button class="plain push" type="button" aria-label="Remove the policy of bus ${name}"
          @click=${() => act(this, { type: "remove-policy", id: policy.id })}>${icon("bin")}</button></div>
      <ebs-field
        named="Policy of bus ${name}"
        kind="policy"
        hint="{ &quot;Version&quot;: &quot;2012-10-17&quot;, &quot;Statement&quot;: [...] }"
        .value=${policy.text}
        .diagnostics=${this.fields.get(policy.id)?.diagnostics ?? []}
        @edit=${(event: CustomEvent<string>) => act(this, { type: "edit-policy", id: policy.id, text: event.detail })}
      ></ebs-field>
    </div>`;
  }

  #allow(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    const account = String(given.get("account") ?? "").replaceAll(/[\s-]/g, "");
    const bus = busesShown(this.draft).find((it) => busKey(it) === given.get("bus"));
    this.wrong = !isAccount(account);
    if (this.wrong || !bus) return;
    act(this, { type: "allow-account", bus, account });
    form.reset();
  }
}

customElements.define("ebs-policies", PoliciesElement);
