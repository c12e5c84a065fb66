/** `<ebs-loop-cost>`: what one event that goes round comes to in a day, at a latency and a price that the reader states. */
import { css, html, LitElement } from "lit";
import { costOf, RATES, type Rates } from "../model/analysis.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";

export class LoopCostElement extends LitElement {
  static override properties = { events: { attribute: false }, rates: { attribute: false } };

  static override styles = [
    shared,
    css`
      details {
        margin-top: 6px;
        font-size: var(--small);
      }
      summary {
        width: fit-content;
        color: var(--ink-2);
      }
      .row {
        margin-top: 6px;
        gap: 6px 14px;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      input {
        width: 84px;
        min-height: 28px;
        padding: 2px 6px;
        border: 1px solid var(--line-strong);
        border-radius: 6px;
        background: var(--surface);
      }
      input:invalid {
        border-color: var(--bad);
      }
      p {
        margin-top: 6px;
      }
      b {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** How many events come about in one round. */
  declare events: number;
  declare rates: Rates;

  constructor() {
    super();
    this.events = 1;
    this.rates = RATES;
  }

  protected override render() {
    const { events, rates } = this;
    const { rounds, cost } = costOf(events, rates);
    return html`<details><summary>How fast, and how dear</summary>
      <div class="row">
        <label>Seconds a round <input type="number" min="0.001" max="86400" step="any" .value=${String(rates.seconds)} @input=${this.#change("seconds")} /></label>
        <label>USD per million events <input type="number" min="0" max="1000000" step="any" .value=${String(rates.price)} @input=${this.#change("price")} /></label>
      </div>
      <p role="status">One event that goes round makes <b>${whole(rounds)}</b> rounds a day of ${times(events, "event")} each: <b>${dollars(cost)}</b> a day.</p>
      <p class="quiet">Both numbers are yours to state. At the start: a target that answers within a second, and the price of events that an application
        puts. Events of AWS services cost nothing at EventBridge; what they invoke does, so state the price of that instead. A loop that
        multiplies its events, or begins anew with each event from outside, comes to more.</p>
    </details>`;
  }

  #change(name: keyof Rates) {
    return (event: Event): void => {
      const input = event.target as HTMLInputElement;
      if (!input.validity.valid || input.value === "") return;
      const rates: Rates = { ...this.rates, [name]: input.valueAsNumber };
      this.dispatchEvent(new CustomEvent<Rates>("rates", { detail: rates }));
    };
  }
}

function whole(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });
}

/** Small sums keep their first digits. */
function dollars(value: number): string {
  const digits = value > 0 && value < 1 ? 4 : 2;
  return `${value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: digits })} USD`;
}

customElements.define("ebs-loop-cost", LoopCostElement);
