/**
 * `<ebs-graph-watch>`: the event's way, as a picture that can be watched and as text beside it.
 *
 * At rest everything that happened is shown at once. Played, stepped through or scrubbed, the picture and the trace show
 * the way so far. Nothing moves by itself: playing begins when the reader says so.
 */
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { LoopReport } from "../../../src/js/types.js";
import { type Picture, type PictureNode, pictureOf } from "../graph/picture.js";
import { progressAt, type Step, stepsOf } from "../graph/steps.js";
import { settled } from "../model/patch.js";
import type { Run } from "../model/run.js";
import { icon } from "../ui/icons.js";
import { stack } from "../ui/pieces.js";
import { shared } from "../ui/styles.js";
import { rowsOf, type TraceRow } from "../ui/trace-rows.js";
import "./trace.js";

/** Long enough to read a line, short enough to see the whole of a loop. */
const STEP_MS = 1100;

const NOTHING_DRAWN = { nodes: [], edges: [] };

export class GraphWatchElement extends LitElement {
  static override properties = {
    run: { attribute: false },
    foreseen: { attribute: false },
    at: { state: true },
    playing: { state: true },
    chosen: { state: true },
    whole: { state: true },
  };

  static override styles = [
    shared,
    stack,
    css`
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
        margin-top: 6px;
      }
      .controls button {
        min-width: 34px;
      }
      .controls .play {
        min-width: 84px;
        font-weight: 600;
      }
      input[type="range"] {
        flex: 1 1 120px;
        min-width: 90px;
        min-height: 30px;
        accent-color: var(--accent);
      }
      .now {
        min-height: 1.5em;
        margin-top: 4px;
        font-size: var(--small);
        color: var(--ink-2);
        overflow-wrap: anywhere;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }
      .now b {
        color: var(--ink);
      }
      @media print {
        .controls,
        .now {
          display: none;
        }
      }
    `,
  ];

  declare run: Run;
  /** Loops that need no event to be known: drawn like those that were seen. */
  declare foreseen: LoopReport[];
  /** How many steps are shown; undefined: all that happened, at rest. */
  declare at: number | undefined;
  declare playing: boolean;
  /** The node whose panel is open. */
  declare chosen: string | undefined;
  /** Whether the trace tells every rule that an event did not fire. */
  declare whole: boolean;
  #picture: Picture = { nodes: [], edges: [] };
  #rows: TraceRow[] = [];
  #cut = false;
  #steps: Step[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.foreseen = [];
    this.at = undefined;
    this.playing = false;
    this.chosen = undefined;
    this.whole = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Without it the trace says the same.
    import("./drawing.js").catch(() => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("run") && !changed.has("foreseen") && !changed.has("whole")) return;
    const { graph, trace, loops } = this.run;
    const picture = pictureOf(graph ?? NOTHING_DRAWN, trace, [...loops, ...this.foreseen]);
    // A picture that says the same is not placed and drawn anew: at a hundred rules that takes longer than all else.
    this.#picture = settled(this.#picture, picture);
    if (!changed.has("run") && !changed.has("whole")) return;
    const { rows, cut } = rowsOf(trace, this.whole);
    this.#rows = rows;
    this.#cut = cut;
    this.#steps = stepsOf(this.#picture, rows);
    this.at = undefined;
    this.#pause();
    if (!this.#picture.nodes.some((node) => node.id === this.chosen)) this.chosen = undefined;
  }

  protected override render() {
    const { at, run } = this;
    const progress = at === undefined ? undefined : progressAt(this.#steps, at);
    const node = this.#picture.nodes.find((it) => it.id === this.chosen);
    return html`<div class="parts">
      <section class="card part" aria-label="Where the event goes">
        <h2>Where the event goes</h2>
        ${
          run.graph
            ? html`<ebs-graph .picture=${this.#picture} .progress=${progress} .chosen=${this.chosen}
                @choose=${(event: CustomEvent<string>) => this.#choose(event.detail)}></ebs-graph>`
            : html`<p class="quiet">More than 150 rules are too many to draw; the trace below says where the event went.</p>`
        }
        ${this.#steps.length > 0 ? this.#controls(progress?.current) : nothing}
        ${node ? this.#panel(node) : nothing}
      </section>
      ${
        run.trace.length > 0
          ? html`<section class="card part" aria-label="What happened, step by step">
              <h2>What happened, step by step</h2>
              <ebs-trace .rows=${this.#rows} .cut=${this.#cut} .at=${progress?.current?.row}
                @choose=${(event: CustomEvent<number>) => this.#chooseRow(event.detail)} @unfold=${this.#unfold}></ebs-trace>
            </section>`
          : nothing
      }
    </div>`;
  }

  #controls(current: Step | undefined) {
    const last = this.#steps.length;
    const at = this.at ?? last;
    const said = current
      ? `Step ${at} of ${last}: ${current.words}`
      : this.at === 0
        ? "Before the event"
        : "All that happened";
    return html`<div class="controls" role="group" aria-label="Watch the event's way">
        <button class="play" type="button" @click=${this.playing ? () => this.#pause() : () => this.#play()}>
          ${icon(this.playing ? "pause" : "play")} ${this.playing ? "Pause" : "Watch"}
        </button>
        <button type="button" aria-label="One step back" title="One step back" ?disabled=${at === 0} @click=${() => this.#go(at - 1)}>${icon("back")}</button>
        <button type="button" aria-label="One step on" title="One step on" ?disabled=${this.at === undefined} @click=${() => this.#go(at + 1)}>${icon("forth")}</button>
        <input type="range" min="0" max=${last} step="1" .value=${String(at)} aria-label="Steps shown" aria-valuetext=${said}
          @input=${(event: Event) => this.#go(Number((event.target as HTMLInputElement).value))} />
        ${this.at === undefined ? nothing : html`<button class="plain" type="button" @click=${() => this.#rest()}>Show all</button>`}
      </div>
      <p class="now">${current ? html`<b>${at} of ${last}</b> ${current.words}` : said}</p>`;
  }

  #panel(node: PictureNode) {
    const close = (): void => {
      this.chosen = undefined;
      this.renderRoot.querySelector<HTMLElement>("ebs-graph")?.focus();
    };
    return html`<ebs-graph-node .picture=${this.#picture} .node=${node} .trace=${this.run.trace} @close=${close}></ebs-graph-node>`;
  }

  #unfold(): void {
    this.whole = true;
  }

  #choose(id: string): void {
    this.chosen = this.chosen === id ? undefined : id;
  }

  #chooseRow(row: number): void {
    const step = this.#steps.findIndex((it) => it.row >= row);
    if (step >= 0) this.#go(step + 1);
  }

  /** By hand: what plays is stopped. */
  #go(at: number): void {
    this.#pause();
    this.at = at > this.#steps.length ? undefined : Math.max(0, at);
  }

  #rest(): void {
    this.#pause();
    this.at = undefined;
  }

  #play(): void {
    this.playing = true;
    if (this.at === undefined || this.at >= this.#steps.length) this.at = 0;
    this.#next();
  }

  #next(): void {
    this.at = (this.at ?? 0) + 1;
    if (this.at >= this.#steps.length) {
      this.#pause();
      return;
    }
    this.#timer = setTimeout(() => this.#next(), STEP_MS);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.playing = false;
  }
}

customElements.define("ebs-graph-watch", GraphWatchElement);
