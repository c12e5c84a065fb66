/**
 * `<ebs-graph>`: the routing graph as a drawing.
 *
 * The way taken is lit, a cycle is drawn as a way back. Each state is a sign and a word besides a colour, and the trace
 * beside the graph says the same as text.
 */
import { html, LitElement, nothing, svg } from "lit";
import { type Box, type Direction, isNamed, type Layout, type Line, layOut } from "../graph/layout.js";
import type { Picture, PictureNode } from "../graph/picture.js";
import { serviceOf } from "../model/arn.js";
import { iconPaths } from "../ui/icons.js";
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

export class GraphElement extends LitElement {
  static override properties = {
    picture: { attribute: false },
    direction: { state: true },
  };

  static override styles = [shared, drawing];

  declare picture: Picture;
  declare direction: Direction;
  #watch: ResizeObserver | undefined;

  constructor() {
    super();
    this.direction = "across";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new ResizeObserver(([entry]) => {
      this.direction = (entry?.contentRect.width ?? NARROW) < NARROW ? "down" : "across";
    });
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.disconnect();
  }

  protected override render() {
    const { picture } = this;
    if (picture.nodes.length > MAX_NODES) {
      return html`<p class="quiet">${picture.nodes.length} buses, rules and targets are too many to draw; the trace below says where the event went.</p>`;
    }
    const layout = layOut(picture, this.direction);
    const { width, height, boxes, lines } = layout;
    const order = [...lines].sort((a, b) => weight(a) - weight(b));
    return html`<div class="frame" tabindex=${overflows(layout) ? "0" : "-1"} role="img" aria-label=${inWords(picture)}>
      <svg class="graph ${this.direction}" width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
        <defs>
          ${["idle", "lit", "loop", "refused"].map(
            (kind) =>
              svg`<marker id="tip-${kind}" class="tip ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0.5 L7.5,4 L0,7.5 z" /></marker>`,
          )}
        </defs>
        ${order.map(drawLine)} ${boxes.map(drawBox)} ${order.map((line) => drawLabel(line, this.direction))}
      </svg>
    </div>`;
  }
}

function overflows(layout: Layout): boolean {
  return layout.width > 1000;
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

function drawLine(line: Line) {
  const kind = kindOf(line);
  const back = line.back ? "back" : "";
  return svg`<path class="edge ${kind} ${back}" data-from=${line.edge.from} data-to=${line.edge.to} d=${line.d} marker-end="url(#tip-${kind})"><title>${line.edge.label}</title></path>`;
}

/** Only events that came about are named, and the way back says that it is one. */
function drawLabel(line: Line, direction: Direction) {
  const { edge, label, back } = line;
  if (!back && !isNamed(edge) && !edge.refused) return nothing;
  const verb = edge.refused ? "refused" : edge.kind === "forwards" ? "forwards" : "emits";
  const count = edge.count > 1 ? ` ×${edge.count}` : "";
  const whole =
    cut(
      `${edge.inLoop ? "loop: " : ""}${verb} ${edge.kind === "forwards" ? "" : edge.label}`.trim(),
      back ? EDGE_CHARS : NAMED_CHARS,
    ) + count;
  // Beside a way that runs down there is room for a word only.
  const text = direction === "across" ? whole : edge.inLoop ? "loop" : verb;
  const sign = edge.inLoop ? "loop" : edge.refused ? "cross" : undefined;
  const width = text.length * 6.4 + (sign ? 38 : 18);
  const left = label.x - width / 2;
  return svg`<g class="label ${kindOf(line)}">
    <rect x=${left} y=${label.y - 10} width=${width} height="20" rx="10" />
    ${sign ? svg`<g class="sign" transform="translate(${left + 9} ${label.y - 6}) scale(0.75)">${iconPaths(sign)}</g>` : nothing}
    <text x=${label.x + (sign ? 9 : 0)} y=${label.y + 4} text-anchor="middle">${text}</text>
  </g>`;
}

function drawBox(box: Box) {
  const { node, x, y, width, height } = box;
  const sign = signOf(node.state);
  const lit = node.count > 0 || node.kind === "event";
  const kind = node.kind === "target" ? serviceOf(node.arn ?? "") || "target" : node.kind;
  const name = node.kind === "target" ? kind : node.place === undefined ? kind : `${kind} …${node.place.slice(-4)}`;
  const count = node.count > 1 ? ` ×${node.count}` : "";
  return svg`<g class="node ${node.kind} ${lit ? "lit" : "idle"} ${node.inLoop ? "loop" : ""} ${sign.tone}" data-node=${node.id} data-kind=${node.kind} data-state=${node.state} transform="translate(${x} ${y})">
    <title>${node.label}${node.arn ? `\n${node.arn}` : ""}</title>
    <rect width=${width} height=${height} rx="8" />
    <g class="sign kind" transform="translate(10 9) scale(0.85)">${iconPaths(node.kind === "event" ? "bolt" : node.kind === "outside" ? "send" : node.kind)}</g>
    <text class="name" x="29" y="20">${cut(node.label, NAME_CHARS)}</text>
    <g class="sign state" transform="translate(10 29) scale(0.75)">${iconPaths(sign.icon)}</g>
    <text class="state" x="29" y="38">${cut(node.state === "loop-stopped" ? sign.word : `${name} · ${sign.word}${count}`, STATE_CHARS)}</text>
    ${node.inLoop ? svg`<g class="mark" transform="translate(${width - 9} -7)"><circle cx="8" cy="8" r="9" /><g class="sign" transform="translate(2 2) scale(0.75)">${iconPaths("loop")}</g></g>` : nothing}
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
