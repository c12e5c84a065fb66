/** `<ebs-toolbar>`: undo and redo, paste and open, share. It asks its owner by events; what they do is loaded when used. */
import { css, html, LitElement } from "lit";
import type { Sharing } from "../share/share.js";
import { act } from "../ui/act.js";
import { icon } from "../ui/icons.js";
import { shared } from "../ui/styles.js";

const SHARING: [string, [Sharing, string][]][] = [
  ["Link", [["link", "Copy link"]]],
  [
    "Picture of the graph",
    [
      ["svg", "Save as SVG"],
      ["png", "Save as PNG"],
    ],
  ],
  [
    "Export",
    [
      ["scenario", "Scenario file (JSON)"],
      ["node", "Test for node:test"],
      ["vitest", "Test for Vitest"],
    ],
  ],
];

export class ToolbarElement extends LitElement {
  static override properties = {
    canUndo: { type: Boolean },
    canRedo: { type: Boolean },
    open: { state: true },
  };

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .menu {
        position: relative;
      }
      .list {
        position: absolute;
        right: 0;
        top: calc(100% + 6px);
        z-index: 20;
        width: max-content;
        min-width: 190px;
        padding: 6px;
        background: var(--surface);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        box-shadow: 0 6px 24px light-dark(#00000022, #00000088);
      }
      .list h3 {
        padding: 6px 8px 2px;
        color: var(--ink-3);
        font-size: var(--tiny);
        font-weight: 600;
      }
      .list button {
        display: block;
        width: 100%;
        text-align: left;
        padding: 4px 8px;
      }
      @media (max-width: 799px) {
        .list {
          position: fixed;
          top: auto;
          left: 12px;
          right: 12px;
          width: auto;
        }
        .list button {
          min-height: 40px;
        }
      }
    `,
  ];

  declare canUndo: boolean;
  declare canRedo: boolean;
  declare open: boolean;

  constructor() {
    super();
    this.canUndo = false;
    this.canRedo = false;
    this.open = false;
    this.addEventListener("focusout", (event) => {
      // A press on something that takes no focus is not leaving.
      if (event.relatedTarget !== null && !this.#holds(event.relatedTarget)) this.open = false;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#outside);
  }

  readonly #outside = (event: Event): void => {
    if (this.open && !event.composedPath().includes(this)) this.open = false;
  };

  #holds(target: EventTarget | null): boolean {
    return target === this || (target instanceof Node && this.renderRoot.contains(target));
  }

  protected override render() {
    return html`
      <button class="plain" type="button" title="Undo (Ctrl+Z)" aria-label="Undo" ?disabled=${!this.canUndo}
        @click=${() => act(this, { type: "undo" })}>${icon("undo")}</button>
      <button class="plain" type="button" title="Redo (Ctrl+Shift+Z)" aria-label="Redo" ?disabled=${!this.canRedo}
        @click=${() => act(this, { type: "redo" })}>${icon("redo")}</button>
      <button type="button" @click=${() => this.#ask("paste")}>${icon("paste")} Paste anything</button>
      <div class="menu" @keydown=${this.#key}>
        <button type="button" aria-expanded=${this.open} aria-controls="sharing" @click=${this.#turn}>${icon("share")} Share</button>
        <div id="sharing" class="list" ?hidden=${!this.open}>
          ${SHARING.map(
            ([title, list]) => html`<h3>${title}</h3>
              ${list.map(([what, label]) => html`<button class="plain" type="button" @click=${() => this.#share(what)}>${label}</button>`)}`,
          )}
          <button class="plain" type="button" @click=${this.#print}>Print</button>
        </div>
      </div>
    `;
  }

  #turn(): void {
    this.open = !this.open;
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.open) return;
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>("[aria-expanded]")?.focus();
  }

  #share(what: Sharing): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent<Sharing>("share", { detail: what }));
  }

  async #print(): Promise<void> {
    this.open = false;
    await this.updateComplete;
    window.print();
  }

  #ask(what: string): void {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define("ebs-toolbar", ToolbarElement);
