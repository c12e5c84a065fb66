/** `<ebs-app>`: the page. It holds the store, hands its state down and carries actions up. */
import { css, html, LitElement, nothing } from "lit";
import { examples, firstExample } from "../../examples/index.js";
import { type Action, opened } from "../model/actions.js";
import { fromScenario } from "../model/draft.js";
import type { Engine } from "../model/engine.js";
import { createStore, type Store } from "../model/store.js";
import { shared } from "../ui/styles.js";
import { times } from "../ui/words.js";
import "./event.js";
import "./examples.js";
import "./result.js";
import "./rules.js";
import "./theme.js";

export class AppElement extends LitElement {
  static override properties = { failure: { state: true }, version: { state: true } };

  static override styles = [
    shared,
    css`
      .top a {
        color: var(--accent);
      }
      .top {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 10px 16px;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      h1 {
        font-size: 16px;
        font-weight: 700;
        letter-spacing: -0.01em;
        white-space: nowrap;
      }
      .tagline {
        color: var(--ink-3);
        font-size: var(--small);
      }
      .intro {
        padding: 14px 16px 0;
      }
      main {
        display: grid;
        gap: 20px 16px;
        padding: 14px 16px 40px;
        grid-template-columns: minmax(0, 1fr);
      }
      .jump {
        display: none;
      }
      footer {
        padding: 0 16px 24px;
      }
      .failure {
        margin: 16px;
        padding: 14px;
        border: 1px solid var(--bad);
        border-radius: var(--radius);
        background: var(--bad-soft);
      }
      @media (min-width: 800px) {
        main {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        ebs-result {
          grid-column: 1 / -1;
        }
      }
      @media (min-width: 1240px) {
        main {
          grid-template-columns: minmax(290px, 24fr) minmax(280px, 24fr) minmax(0, 52fr);
          align-items: start;
        }
        ebs-result {
          grid-column: auto;
        }
        ebs-event {
          position: sticky;
          top: 14px;
        }
      }
      @media (max-width: 799px) {
        .tagline {
          display: none;
        }
        .jump {
          position: sticky;
          top: 0;
          z-index: 5;
          display: flex;
          margin-top: 12px;
          border-block: 1px solid var(--line);
          background: var(--surface);
        }
        .jump button {
          flex: 1;
          border: none;
          border-radius: 0;
          min-height: 42px;
          font-weight: 600;
          color: var(--accent);
          background: none;
        }
        .jump .alarm {
          color: var(--bad);
        }
        ebs-rules,
        ebs-event,
        ebs-result {
          scroll-margin-top: 54px;
        }
      }
    `,
  ];

  declare failure: string;
  /** The engine's; empty until it is there. */
  declare version: string;
  readonly #store: Store;
  #unsubscribe: (() => void) | undefined;

  constructor() {
    super();
    this.failure = "";
    this.version = "";
    this.#store = createStore(opened(fromScenario(firstExample.scenario), firstExample.id));
    this.addEventListener("act", (event) => this.#store.dispatch((event as CustomEvent<Action>).detail));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.#store.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  /** The engine is there, or will never be. */
  start(engine: Promise<Engine>): void {
    engine.then(
      (it) => {
        this.version = it.version();
        this.#store.attach(it);
      },
      (error: unknown) => {
        this.failure = error instanceof Error ? error.message : String(error);
      },
    );
  }

  protected override render() {
    const { state, evaluation } = this.#store;
    const { draft, cursor } = state;
    const loops = evaluation.run?.loops.length ?? 0;
    return html`
      <header class="top">
        <h1>EventBridge simulator</h1>
        <span class="tagline">Where does an event go, and does it ever come back?</span>
        <a class="push" href="./reference/index.html">Reference</a>
        <ebs-theme></ebs-theme>
      </header>
      ${this.failure ? html`<p class="failure" role="alert"><strong>The engine could not be started.</strong> ${this.failure}</p>` : nothing}
      <ebs-examples class="intro" .examples=${examples} .current=${cursor.example} .title=${draft.title} .text=${draft.description}></ebs-examples>
      <nav class="jump" aria-label="Parts of the page">
        ${this.#jump("ebs-rules", "Rules")} ${this.#jump("ebs-event", "Event")}
        ${this.#jump("ebs-result", loops > 0 ? times(loops, "loop") : "Result", loops > 0)}
      </nav>
      <main>
        <ebs-rules role="region" aria-label="Rules" .draft=${draft} .evaluation=${evaluation} .presets=${this.#store.presets}></ebs-rules>
        <ebs-event role="region" aria-label="Event" .draft=${draft} .cursor=${cursor} .evaluation=${evaluation}></ebs-event>
        <ebs-result role="region" aria-label="Result" .evaluation=${evaluation} ?waiting=${this.version === ""}></ebs-result>
      </main>
      <footer class="quiet">
        Everything runs in this page and nothing leaves it. ${this.version ? `Engine ${this.version}.` : ""}
      </footer>
    `;
  }

  #jump(part: string, name: string, alarm?: boolean) {
    const go = (): void => this.renderRoot.querySelector(part)?.scrollIntoView({ block: "start" });
    return html`<button type="button" class=${alarm ? "alarm" : ""} @click=${go}>${name}</button>`;
  }
}

customElements.define("ebs-app", AppElement);
