/**
 * `<eventbridge-sim>`: a live example out of a JSON block.
 *
 * This file is all that a page loads at first. Content, views and the engine follow when the element comes into sight, once
 * for all elements of the page. The content is data from first to last: it is read as text, shown as text nodes and never
 * becomes markup, and nothing here needs more of a Content-Security-Policy than `script-src 'self' 'wasm-unsafe-eval'`.
 */

import { childText, fetchedText } from "./source.js";

export type View = "match" | "route" | "loop";

/** Node has no elements; there the class can be imported, and nothing more. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** How far below the screen an element counts as nearly seen. */
const NEARLY = "200px";

let wasmUrl: URL | undefined;

/** Registers the element; `wasm` is where the engine is when it is needed. */
export function define(wasm: URL): void {
  wasmUrl ??= wasm;
  const registry = globalThis.customElements;
  if (registry && !registry.get("eventbridge-sim")) registry.define("eventbridge-sim", EventbridgeSimElement);
}

export class EventbridgeSimElement extends Base {
  static readonly observedAttributes: readonly string[] = ["view", "editable", "src"];

  #watch: IntersectionObserver | undefined;
  #seen = false;
  /** Set by `value`; wins over `src` and child. */
  #given: string | undefined;
  /** Ends what a change has made obsolete. */
  #current: AbortController | undefined;

  /** `match`, `route` or `loop`; without it, what suits the content. */
  get view(): View | undefined {
    const name = this.getAttribute("view");
    return name === "match" || name === "route" || name === "loop" ? name : undefined;
  }

  set view(view: View | undefined) {
    if (view === undefined) this.removeAttribute("view");
    else this.setAttribute("view", view);
  }

  /** Whether the reader may change the texts. */
  get editable(): boolean {
    return this.hasAttribute("editable");
  }

  set editable(editable: boolean) {
    this.toggleAttribute("editable", editable);
  }

  /** The content, instead of `src` and the child: JSON text, or an object. */
  set value(content: string | object) {
    this.#given = typeof content === "string" ? content : JSON.stringify(content);
    this.#refresh();
  }

  connectedCallback(): void {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
    this.#watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#watch?.disconnect();
        this.#seen = true;
        this.#refresh();
      },
      { rootMargin: NEARLY },
    );
    this.#watch.observe(this);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
    this.#current?.abort();
    this.#seen = false;
  }

  attributeChangedCallback(): void {
    this.#refresh();
  }

  #refresh(): void {
    if (!this.#seen || !this.shadowRoot || !wasmUrl) return;
    this.#current?.abort();
    const current = new AbortController();
    this.#current = current;
    void this.#show(this.shadowRoot, wasmUrl, current.signal);
  }

  async #show(root: ShadowRoot, engine: URL, signal: AbortSignal): Promise<void> {
    const parts = import("./show.js");
    try {
      const text = await this.#text(signal);
      const { show } = await parts;
      if (signal.aborted) return;
      const named = this.getAttribute("view");
      const label = this.getAttribute("aria-label") ?? "EventBridge example";
      await show({ root, text, named, editable: this.editable, label, signal, engine });
    } catch (thrown) {
      if (signal.aborted) return;
      const words = thrown instanceof Error ? thrown.message : String(thrown);
      await parts.then(
        ({ showProblem }) => showProblem(root, words),
        // Not even the words' own part could be loaded.
        () => root.replaceChildren(`This example could not be loaded: ${words}`),
      );
    }
  }

  async #text(signal: AbortSignal): Promise<string> {
    if (this.#given !== undefined) return this.#given;
    const src = this.getAttribute("src");
    return src === null ? await childText(this) : await fetchedText(new URL(src, this.ownerDocument.baseURI), signal);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "eventbridge-sim": EventbridgeSimElement;
  }
}
