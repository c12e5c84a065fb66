/** `<ebs-app>`: the page. It holds the store, hands its state down and carries actions up. */
import { html, LitElement, nothing } from "lit";
import type { LoopReport } from "../../../src/js/types.js";
import { firstExample } from "../../examples/first.js";
import type { Example } from "../../examples/index.js";
import { type Action, opened, type State } from "../model/actions.js";
import { fromScenario } from "../model/draft.js";
import type { Engine } from "../model/engine.js";
import { isLarge } from "../model/far.js";
import { createStore, type ForLarge, type Store } from "../model/store.js";
import { warmUp } from "../model/warm-up.js";
import { attachedTo, isLink } from "../share/beginning.js";
import type { bring } from "../share/bring.js";
import type { Sharing } from "../share/share.js";
import { icon } from "../ui/icons.js";
import { prose } from "../ui/prose.js";
import { shared } from "../ui/styles.js";
import { turn } from "../ui/turn.js";
import { times } from "../ui/words.js";
import { frame } from "./app-styles.js";
import type { PasteElement } from "./paste.js";
import "./event.js";
import "./examples.js";
import "./result.js";
import "./rules.js";
import "./theme.js";
import "./toolbar.js";

/** A file larger than this is not read. */
const LARGEST_FILE = 4_000_000;

/** Loaded when a draft is large enough for it. */
const forLarge: ForLarge = {
  startWorker: () => import("../start-worker.js").then((module) => module.startWorker()),
  near: (engine) => import("../model/near.js").then((module) => new module.Near(engine)),
};

export class AppElement extends LitElement {
  static override properties = {
    failure: { state: true },
    version: { state: true },
    foreseen: { state: true },
    dropping: { state: true },
    examples: { state: true },
  };

  static override styles = [shared, frame];

  /** What was there at the end of the last visit. */
  static before: State | undefined;

  declare failure: string;
  /** The engine's; empty until it is there. */
  declare version: string;
  /** Loops that are known without an event, for the graph. */
  declare foreseen: LoopReport[];
  /** Whether something is held over the page. */
  declare dropping: boolean;
  /** Once they are loaded. */
  declare examples: Example[];
  readonly #store: Store;
  #stop: (() => void)[] = [];
  #later: Promise<void> = Promise.resolve();
  #takes: typeof bring | undefined;
  #engine: Engine | null = null;
  /** What the link in the address bar holds; once it is changed, the link goes. */
  #linked: unknown = null;

  constructor() {
    super();
    this.failure = "";
    this.version = "";
    this.foreseen = [];
    this.dropping = false;
    this.examples = [];
    const { before } = AppElement;
    this.#store = createStore(before ?? opened(fromScenario(firstExample.scenario), firstExample.id), forLarge);
    this.addEventListener("act", (event) => this.#store.dispatch((event as CustomEvent<Action>).detail));
    this.addEventListener("bring", (event) => {
      const { text, over } = (event as CustomEvent<{ text: string; over: string }>).detail;
      if (this.#bring(text, over)) event.preventDefault();
    });
    if (before?.cursor.example === null) {
      this.#store.say({ tone: "good", text: "Here is what you had last time. Examples are in the menu.", undo: false });
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const store = this.#store;
    const server = attachedTo();
    const on = <Name extends keyof WindowEventMap>(
      name: Name,
      listener: (event: WindowEventMap[Name]) => void,
    ): void => {
      window.addEventListener(name, listener);
      this.#stop.push(() => window.removeEventListener(name, listener));
    };
    this.#stop.push(
      store.subscribe(() => this.requestUpdate()),
      store.subscribe(() => this.#forgetLink()),
      server === null ? this.#autosave() : this.#attach(server),
    );
    on("hashchange", () => void this.#openLink());
    on("keydown", (event) => this.#key(event));
    on("paste", (event) => this.#paste(event));
    on("dragover", (event) => this.#over(event));
    on("dragleave", (event) => {
      if (event.relatedTarget === null) this.dropping = false;
    });
    // Before an editor takes the file for text of its own.
    const drop = (event: DragEvent): void => this.#drop(event);
    window.addEventListener("drop", drop, { capture: true });
    this.#stop.push(() => window.removeEventListener("drop", drop, { capture: true }));
    void this.#openLink();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stop.splice(0)) stop();
  }

  /** Keeps every state for the next visit. Returns how to stop that. */
  #autosave(): () => void {
    const { state } = this.#store;
    const saving = import("../share/autosave.js").then(({ autosave }) => autosave(this.#store, state));
    saving.catch(() => this.#missing("What keeps your work for the next visit"));
    return () => void saving.then((stop) => stop());
  }

  /** Shows what runs behind a server. Returns how to stop that. */
  #attach(server: string): () => void {
    const attached = import("../share/attached.js").then(({ attach }) => attach(this.#store, server));
    attached.catch(() => this.#missing("What shows the server's simulator"));
    return () => void attached.then((stop) => stop());
  }

  async #openLink(): Promise<void> {
    const { hash } = location;
    if (!isLink(hash)) return;
    const found = await import("../share/link.js").then(
      ({ openLink }) => openLink(hash),
      () => ({ problem: "What opens links could not be loaded. Load the page again." }),
    );
    if ("problem" in found) return this.#store.say({ tone: "warn", text: found.problem, undo: false });
    this.#store.dispatch({ type: "restore", state: found });
    this.#linked = this.#store.state.draft;
    this.#store.say({ tone: "good", text: "Opened from a link.", undo: true });
  }

  /** The address holds a link only as long as the page shows what the link does. */
  #forgetLink(): void {
    const { draft } = this.#store.state;
    if (this.#linked === null || this.#linked === draft) return;
    this.#linked = null;
    if (isLink(location.hash)) history.replaceState(null, "", location.pathname + location.search);
  }

  /** Undo and redo, unless the key belongs to a text that is being edited. */
  #key(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isEditing(event)) return;
    const key = event.key.toLowerCase();
    const type = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : undefined;
    if (!type) return;
    event.preventDefault();
    this.#store.dispatch({ type });
  }

  #paste(event: ClipboardEvent): void {
    if (isEditing(event)) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length > 0) void this.#openFiles(files);
    else if (text.trim() !== "") this.#bring(text);
    event.preventDefault();
  }

  #over(event: DragEvent): void {
    const types = event.dataTransfer?.types ?? [];
    if (!types.includes("Files")) return;
    event.preventDefault();
    this.dropping = true;
  }

  #drop(event: DragEvent): void {
    this.dropping = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#openFiles(files);
  }

  async #openFiles(files: File[]): Promise<void> {
    for (const file of files.slice(0, 20)) {
      if (file.size > LARGEST_FILE) {
        const text = `${file.name} has more than four megabytes, too much for the page.`;
        this.#store.say({ tone: "warn", text, undo: false });
      } else this.#bring(await file.text());
    }
  }

  /** Puts a text where it belongs. Pasted over an editor's text of the same kind, it is left to the editor. */
  #bring(text: string, over?: string): boolean {
    if (!this.#takes) {
      // A text for an editor is the editor's, and any other can wait.
      if (over === undefined) void this.#later.then(() => this.#takes && this.#bring(text));
      return false;
    }
    return this.#takes(this.#store, text, over);
  }

  async #share(event: CustomEvent<Sharing>): Promise<void> {
    const store = this.#store;
    try {
      const { share } = await import("../share/share.js");
      store.say(await share(event.detail, store.state, store.evaluation, this.#drawing()));
      if (event.detail === "link") this.#linked = store.state.draft;
    } catch (thrown) {
      store.say({ tone: "warn", text: `That did not work: ${String(thrown)}`, undo: false });
    }
  }

  /** The graph as it is drawn. */
  #drawing(): SVGSVGElement | null {
    const result = this.renderRoot.querySelector("ebs-result")?.shadowRoot;
    const watch = result?.querySelector("ebs-graph-watch")?.shadowRoot;
    return watch?.querySelector("ebs-graph")?.shadowRoot?.querySelector<SVGSVGElement>("svg.graph") ?? null;
  }

  /** The engine is there, or will never be. */
  start(engine: Promise<Engine>): void {
    const warm = async (it: Engine): Promise<Engine> => {
      // What is large is answered by a worker.
      if (!isLarge(this.#store.state)) await warmUp(it, turn);
      return it;
    };
    engine.then(warm).then(
      (it) => {
        this.version = it.version();
        this.#engine = it;
        this.#store.attach(it);
        this.#loadAnalysis();
      },
      (error: unknown) => {
        this.failure = error instanceof Error ? error.message : String(error);
      },
    );
  }

  /** Nobody waits for what is foreseen: it is loaded when the page stands and has answered. */
  #loadAnalysis(): void {
    import("./analysis.js").catch(() => this.#missing("The page's search for loops before any event"));
  }

  #missing(part: string): void {
    this.#store.say({ tone: "warn", text: `${part} could not be loaded; all else works.`, undo: false });
  }

  #foresee(loops: LoopReport[]): void {
    this.foreseen = loops;
  }

  /** What nobody needs at first: loaded when the page is there. */
  protected override firstUpdated(): void {
    this.#later = import("./later.js").then(
      ({ bring, examples }) => {
        this.#takes = bring;
        this.examples = examples;
      },
      () => this.#missing("What edits policies, effects and settings, and what is pasted,"),
    );
  }

  /** Apart from the task in which the code of the page is run. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await turn();
    await super.scheduleUpdate();
  }

  protected override render() {
    const { state, evaluation } = this.#store;
    const { draft, cursor } = state;
    const loops = evaluation.run?.loops.length ?? 0;
    return html`
      <header class="top">
        <h1>EventBridge simulator</h1>
        <span class="tagline">Where does an event go, and does it ever come back?</span>
        <ebs-toolbar class="push" .canUndo=${this.#store.canUndo} .canRedo=${this.#store.canRedo}
          @paste=${this.#openPaste} @share=${this.#share}></ebs-toolbar>
        <a href="./reference/index.html">Reference</a>
        <ebs-theme></ebs-theme>
      </header>
      ${this.failure ? html`<p class="failure" role="alert"><strong>The engine could not be started.</strong> ${this.failure}</p>` : nothing}
      <ebs-examples class="intro" .examples=${this.examples} .current=${cursor.example} .title=${draft.title} .text=${draft.description}
        ?inviting=${cursor.example === firstExample.id}
        @missing=${(event: CustomEvent<string>) => this.#missing(`The example ${event.detail}`)}></ebs-examples>
      ${this.#notice()}
      <nav class="jump" aria-label="Parts of the page">
        ${this.#jump("ebs-rules", "Rules")} ${this.#jump("ebs-event", "Event")}
        ${this.#jump("ebs-result", loops > 0 ? times(loops, "loop") : "Result", loops > 0)}
      </nav>
      <main>
        <ebs-rules role="region" aria-label="Rules" .draft=${draft} .cursor=${cursor} .evaluation=${evaluation} .presets=${this.#store.presets}></ebs-rules>
        <ebs-event role="region" aria-label="Event" .draft=${draft} .cursor=${cursor} .evaluation=${evaluation}></ebs-event>
        <ebs-result role="region" aria-label="Result" .evaluation=${evaluation} .foreseen=${this.foreseen} ?waiting=${this.version === ""}>
          <ebs-analysis .engine=${this.#engine} .draft=${draft} .evaluation=${evaluation}
            @foreseen=${(event: CustomEvent<LoopReport[]>) => this.#foresee(event.detail)}></ebs-analysis>
          <ebs-expect .draft=${draft} .evaluation=${evaluation}></ebs-expect>
        </ebs-result>
      </main>
      <footer class="quiet">
        Everything runs in this page and nothing leaves it. ${this.version ? `Engine ${this.version}.` : ""}
      </footer>
      <ebs-paste @files=${(event: CustomEvent<File[]>) => void this.#openFiles(event.detail)}
        @bring=${(event: CustomEvent<{ text: string }>) => this.#bring(event.detail.text)}></ebs-paste>
      ${this.dropping ? html`<p class="drop">Drop it: a scenario, events, a pattern, rules</p>` : nothing}
    `;
  }

  #notice() {
    const { notice } = this.#store;
    const close = (): void => this.#store.say(null);
    const undo = (): void => {
      close();
      this.#store.dispatch({ type: "undo" });
    };
    return html`<div class="told" role="status" aria-label="Notice">
      ${
        notice
          ? html`<p class="notice ${notice.tone}"><span>${prose(notice.text)}</span>
              ${notice.undo ? html`<button type="button" @click=${undo}>Undo</button>` : nothing}
              <button class="plain" type="button" aria-label="Close the notice" @click=${close}>${icon("cross")}</button></p>`
          : nothing
      }
    </div>`;
  }

  #openPaste(): void {
    void this.renderRoot.querySelector<PasteElement>("ebs-paste")?.show?.();
  }

  #jump(part: string, name: string, alarm?: boolean) {
    const go = (): void => this.renderRoot.querySelector(part)?.scrollIntoView({ block: "start" });
    return html`<button type="button" class=${alarm ? "alarm" : ""} @click=${go}>${name}</button>`;
  }
}

/** Whether an event happens in a text that somebody edits. */
function isEditing(event: Event): boolean {
  const [first] = event.composedPath();
  return first instanceof Element && first.closest('input[type="text"], textarea, dialog, [contenteditable]') !== null;
}
