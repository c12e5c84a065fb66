/**
 * `<ebs-graph>`: the routing graph as a drawing.
 *
 * The way taken is lit, a cycle is drawn as a way back with its count. Each state is a sign and a word besides a colour, and
 * the trace beside the graph says the same as text. With `progress` only what has been passed so far is lit, and a dot
 * runs along the way of the last step. The code that places everything is loaded once there is something to place.
 * A drawing that would push away what stands below it scrolls in a frame of its own and can be zoomed.
 */
import { html, LitElement, nothing, type PropertyValues, svg } from "lit";
import type { Box, Direction, Layout, Line } from "../graph/layout.js";
import {
  EVENT_NODE,
  edgeKey,
  isNamed,
  type NodeState,
  type Picture,
  type PictureEdge,
  type PictureNode,
} from "../graph/picture.js";
import type { Progress } from "../graph/steps.js";
import { serviceOf } from "../model/arn.js";
import { icon, iconPaths } from "../ui/icons.js";
import { shared } from "../ui/styles.js";
import { signOf } from "../ui/words.js";
import { drawing } from "./graph-styles.js";

/** Narrower than this, the way runs down instead of across. */
const NARROW = 600;
const NAME_CHARS = 16;
const STATE_CHARS = 22;
const EDGE_CHARS = 38;
const NAMED_CHARS = 20;
/** More boxes than this are no picture any more. */
const MAX_NODES = 150;
const RUN_MS = 600;
/** The height of the frame; graph-styles.ts says the same. */
const TALL = 560;
/** What is larger than its frame is made smaller by itself down to this, where it can still be read. */
const READABLE = 0.75;
const [SMALLEST, LARGEST, STEP] = [0.1, 2, 1.25];

type LayOut = typeof import("../graph/layout.js").layOut;

let loading: Promise<LayOut> | undefined;

export class GraphElement extends LitElement {
  static override properties = {
    picture: { attribute: false },
    progress: { attribute: false },
    chosen: { attribute: false },
    direction: { state: true },
    layOut: { state: true },
    width: { state: true },
    zoom: { state: true },
  };

  static override styles = [shared, drawing];

  declare picture: Picture;
  /** How far the way is watched; undefined: all of it, at rest. */
  declare progress: Progress | undefined;
  /** The node whose panel is open. */
  declare chosen: string | undefined;
  declare direction: Direction;
  declare layOut: LayOut | undefined;
  /** How much room there is. */
  declare width: number;
  /** Pixels for one of the drawing, if the reader has chosen. */
  declare zoom: number | undefined;
  #watch: ResizeObserver | undefined;
  #layout: Layout | undefined;
  /** What was drawn last: another drawing begins with its event in view. */
  #drawn: string | undefined;
  #frame = 0;

  constructor() {
    super();
    this.direction = "across";
    this.progress = undefined;
    this.chosen = undefined;
    this.layOut = undefined;
    this.width = 0;
    this.zoom = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new ResizeObserver(([entry]) => {
      this.width = Math.round(entry?.contentRect.width ?? NARROW);
      this.direction = this.width < NARROW ? "down" : "across";
    });
    this.#watch.observe(this);
    loading ??= import("../graph/layout.js").then((module) => module.layOut);
    loading.then(
      (layOut) => {
        this.layOut = layOut;
      },
      () => {
        loading = undefined;
      },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  /** The node that Tab leads to. */
  override focus(): void {
    this.renderRoot.querySelector<SVGElement>('.hit[tabindex="0"]')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("picture") && !changed.has("direction") && !changed.has("layOut")) return;
    const drawn = this.picture.nodes.length <= MAX_NODES;
    this.#layout = drawn ? this.layOut?.(this.picture, this.direction) : undefined;
    // In the order in which the arrow keys go: along the way.
    const [along, aside] = this.direction === "across" ? (["x", "y"] as const) : (["y", "x"] as const);
    this.#layout?.boxes.sort((one, other) => one[along] - other[along] || one[aside] - other[aside]);
  }

  protected override render() {
    const { picture, direction } = this;
    if (picture.nodes.length > MAX_NODES) {
      return html`<p class="quiet">${picture.nodes.length} buses, rules and targets are too many to draw; the trace below says where the event went.</p>`;
    }
    const layout = this.#layout;
    if (!layout) return html`<p class="quiet waiting">Drawing…</p>`;
    const { width, height, boxes, lines } = layout;
    const told = this.progress ? lines.map((line) => ({ ...line, edge: this.#edge(line.edge) })) : lines;
    const order = [...told].sort((a, b) => weight(a) - weight(b));
    const reachable = this.chosen ?? this.progress?.current?.node ?? boxes[0]?.node.id;
    const { scale, fits } = this.#scale(layout);
    const shown = fits ? { width, height } : { width: Math.round(width * scale), height: Math.round(height * scale) };
    return html`${fits ? nothing : this.#zooming(layout, scale)}
    <div class="frame ${fits ? "" : "bounded"}" role="group" aria-label=${inWords(picture)}>
      <svg class="graph ${fits ? direction : "zoomed"} ${this.progress ? "watched" : ""}" width=${shown.width} height=${shown.height} viewBox="0 0 ${width} ${height}"
        @keydown=${this.#key}>
        <defs>
          ${["idle", "lit", "loop", "refused"].map(
            (kind) =>
              svg`<marker id="tip-${kind}" class="tip ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0.5 L7.5,4 L0,7.5 z" /></marker>`,
          )}
        </defs>
        ${order.map((line) => drawLine(line, this.progress))}
        ${boxes.map((box) => this.#drawBox(box, box.node.id === reachable))}
        ${order.map((line) => drawLabel(line, direction))}
        <circle class="dot" r="6" visibility="hidden" />
      </svg>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("progress")) this.#run();
    const drawn = this.#layout && `${this.width} ${this.picture.nodes.map((node) => node.id).join()}`;
    if (drawn !== this.#drawn || changed.has("zoom") || this.progress)
      this.#show(this.progress?.current?.node ?? EVENT_NODE);
    this.#drawn = drawn;
  }

  /** Brings a node into the frame, without moving the page. */
  #show(id: string): void {
    const frame = this.renderRoot.querySelector(".bounded");
    const node = frame?.querySelector(`.node[data-node="${CSS.escape(id)}"]`)?.getBoundingClientRect();
    const seen = frame?.getBoundingClientRect();
    if (!frame || !node || !seen) return;
    if (node.top < seen.top || node.bottom > seen.bottom) frame.scrollTop += middle(node) - middle(seen);
    const [left, right] = [node.left < seen.left, node.right > seen.right];
    if (left || right) frame.scrollLeft += (node.left + node.right - seen.left - seen.right) / 2;
  }

  /** How large it is drawn, and whether that needs no frame: small drawings are as large as the page lets them be. */
  #scale({ width, height }: Layout): { scale: number; fits: boolean } {
    const across = Math.min(1, (this.width - 10) / width);
    // What runs down is read by scrolling the page, and on a phone.
    const [tall, least] = this.direction === "down" ? [2 * TALL, 0.36] : [TALL, 0.6];
    const fits = this.width === 0 || (height * across <= tall && across >= least);
    return { fits, scale: this.zoom ?? Math.max(READABLE, across) };
  }

  #zooming({ width, height }: Layout, scale: number) {
    const whole = Math.min(1, (this.width - 10) / width, TALL / height);
    const to = (zoom: number) => () => {
      this.zoom = Math.max(SMALLEST, Math.min(LARGEST, zoom));
    };
    return html`<div class="zoom row" role="group" aria-label="Size of the drawing">
      <button type="button" aria-label="Smaller" title="Smaller (−)" ?disabled=${scale <= SMALLEST} @click=${to(scale / STEP)}>${icon("dash")}</button>
      <span role="status" aria-label="Size">${Math.round(scale * 100)} %</span>
      <button type="button" aria-label="Larger" title="Larger (+)" ?disabled=${scale >= LARGEST} @click=${to(scale * STEP)}>${icon("plus")}</button>
      <button type="button" title="All of it (0)" aria-pressed=${Math.abs(scale - whole) < 0.005} @click=${to(whole)}>Fit</button>
    </div>`;
  }

  /** As it is after what has been passed. */
  #edge(edge: PictureEdge): PictureEdge {
    const count = this.progress?.edges.get(edgeKey(edge.from, edge.to)) ?? 0;
    return { ...edge, count, inLoop: edge.inLoop && count > 0, refused: edge.refused && count > 0 };
  }

  #node(node: PictureNode): PictureNode {
    if (!this.progress) return node;
    const passed = this.progress.nodes.get(node.id);
    const before: NodeState = node.state === "disabled" ? "disabled" : "quiet";
    return {
      ...node,
      count: passed?.count ?? 0,
      state: passed?.state ?? before,
      inLoop: node.inLoop && passed !== undefined,
    };
  }

  #drawBox(box: Box, reachable: boolean) {
    const { x, y, width, height } = box;
    const node = this.#node(box.node);
    const sign = signOf(node.state);
    const lit = node.count > 0 || (node.kind === "event" && !this.progress);
    const kind = node.kind === "target" ? serviceOf(node.arn ?? "") || "target" : node.kind;
    const name = node.kind === "target" ? kind : node.place === undefined ? kind : `${kind} …${node.place.slice(-4)}`;
    const count = node.count > 1 ? ` ×${node.count}` : "";
    const current = this.progress?.current?.node === node.id;
    const classes = [node.kind, lit ? "lit" : "idle", node.inLoop ? "loop" : "", sign.tone, current ? "current" : ""];
    const told = `${node.kind} ${node.label}: ${sign.word}${count}${node.inLoop ? ", in a loop" : ""}`;
    const said = node.state === "loop-stopped" ? sign.word : `${name} · ${sign.word}`;
    return svg`<g class="node ${classes.join(" ")}" data-node=${node.id} data-kind=${node.kind} data-state=${node.state} transform="translate(${x} ${y})" @click=${() => this.#choose(node.id)}>
      <rect class="box" width=${width} height=${height} rx="8" />
      <g class="sign kind" transform="translate(10 9) scale(0.85)">${iconPaths(node.kind === "event" ? "bolt" : node.kind === "outside" ? "send" : node.kind)}</g>
      <text class="name" x="29" y="20" aria-hidden="true">${cut(node.label, NAME_CHARS)}</text>
      <g class="sign state" transform="translate(10 29) scale(0.75)">${iconPaths(sign.icon)}</g>
      <text class="state" x="29" y="38" aria-hidden="true">${cut(said, STATE_CHARS - count.length)}${count}</text>
      ${node.inLoop ? svg`<g class="mark" transform="translate(${width - 9} -7)"><circle cx="8" cy="8" r="9" /><g class="sign" transform="translate(2 2) scale(0.75)">${iconPaths("loop")}</g></g>` : nothing}
      <rect class="hit" width=${width} height=${height} rx="8" data-node=${node.id} role="button" tabindex=${reachable ? "0" : "-1"}
        aria-pressed=${node.id === this.chosen ? "true" : "false"} aria-label=${told}><title>${told}</title></rect>
    </g>`;
  }

  #choose(id: string): void {
    this.dispatchEvent(new CustomEvent("choose", { detail: id }));
  }

  /** One stop for Tab; the arrow keys go from node to node, Enter opens what the node saw. */
  #key(event: KeyboardEvent): void {
    const nodes = [...this.renderRoot.querySelectorAll<SVGElement>(".hit")];
    const at = nodes.indexOf(event.target as SVGElement);
    const current = nodes[at];
    if (!current) return;
    const size = { "+": "Larger", "-": "Smaller", 0: "Fit" }[event.key];
    if (size !== undefined && !event.ctrlKey && !event.metaKey) {
      const label = (it: Element): string => it.getAttribute("aria-label") ?? it.textContent ?? "";
      [...this.renderRoot.querySelectorAll<HTMLElement>(".zoom button")].find((it) => label(it) === size)?.click();
      return;
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) nodes[(at + step + nodes.length) % nodes.length]?.focus();
    else if (event.key === "Enter" || event.key === " ") this.#choose(current.dataset.node ?? "");
    else return;
    event.preventDefault();
  }

  /** Lets the dot run along the way of the last step. */
  #run(): void {
    cancelAnimationFrame(this.#frame);
    const dot = this.renderRoot.querySelector<SVGCircleElement>(".dot");
    const way = this.renderRoot.querySelector<SVGPathElement>("path.edge.current");
    dot?.setAttribute("visibility", "hidden");
    if (!dot || !way || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const length = way.getTotalLength();
    const begun = performance.now();
    const move = (now: number): void => {
      const part = Math.max(0, Math.min(1, (now - begun) / RUN_MS));
      const { x, y } = way.getPointAtLength(length * part);
      dot.setAttribute("cx", String(x));
      dot.setAttribute("cy", String(y));
      dot.setAttribute("visibility", part < 1 ? "visible" : "hidden");
      if (part < 1) this.#frame = requestAnimationFrame(move);
    };
    move(begun);
  }
}

function middle({ top, bottom }: DOMRect): number {
  return (top + bottom) / 2;
}

/** What is lit lies above what is not. */
function weight(line: Line): number {
  return (line.edge.inLoop ? 2 : 0) + (line.edge.count > 0 ? 1 : 0);
}

function kindOf(line: Line): "idle" | "lit" | "loop" | "refused" {
  if (line.edge.refused) return "refused";
  if (line.edge.inLoop) return "loop";
  return line.edge.count > 0 ? "lit" : "idle";
}

function drawLine(line: Line, progress: Progress | undefined) {
  const { from, to, label } = line.edge;
  const kind = kindOf(line);
  const current = progress?.current?.edge === edgeKey(from, to);
  const classes = `${kind} ${line.back ? "back" : ""} ${current ? "current" : ""}`;
  return svg`<path class="edge ${classes}" data-from=${from} data-to=${to} d=${line.d} marker-end="url(#tip-${kind})"><title>${label}</title></path>`;
}

/** Only events that came about are named, and the way back says that it is one, and how often it was gone. */
function drawLabel(line: Line, direction: Direction) {
  const { edge, label, back } = line;
  if (!back && !isNamed(edge) && !edge.refused) return nothing;
  const verb = edge.refused ? "refused" : edge.kind === "forwards" ? "forwards" : "emits";
  const count = edge.count > 1 || (edge.inLoop && edge.count > 0) ? ` ×${edge.count}` : "";
  const whole =
    cut(
      `${edge.inLoop ? "loop: " : ""}${verb} ${edge.kind === "forwards" ? "" : edge.label}`.trim(),
      back ? EDGE_CHARS : NAMED_CHARS,
    ) + count;
  // Beside a way that runs down there is room for a word only.
  const text = direction === "across" ? whole : `${edge.inLoop ? "loop" : verb}${count}`;
  const sign = edge.inLoop ? "loop" : edge.refused ? "cross" : undefined;
  const width = text.length * 6.4 + (sign ? 38 : 18);
  const left = label.x - width / 2;
  return svg`<g class="label ${kindOf(line)}">
    <rect x=${left} y=${label.y - 10} width=${width} height="20" rx="10" />
    ${sign ? svg`<g class="sign" transform="translate(${left + 9} ${label.y - 6}) scale(0.75)">${iconPaths(sign)}</g>` : nothing}
    <text x=${label.x + (sign ? 9 : 0)} y=${label.y + 4} text-anchor="middle">${text}</text>
  </g>`;
}

function cut(text: string, length: number): string {
  const signs = [...text];
  return signs.length > length ? `${signs.slice(0, length - 1).join("")}…` : text;
}

function inWords(picture: Picture): string {
  const say = (node: PictureNode): string => `${node.kind} ${node.label}: ${signOf(node.state).word}`;
  const loop = picture.nodes.filter((node) => node.inLoop);
  const cycle = loop.length > 0 ? ` In a loop: ${loop.map((node) => node.label).join(", ")}.` : "";
  return `Routing graph. ${picture.nodes.slice(0, 40).map(say).join("; ")}.${cycle}`;
}

customElements.define("ebs-graph", GraphElement);
