/**
 * Where everything in the picture stands.
 *
 * dagre ranks the nodes along the way of the events. An edge that closes a cycle is kept from it and drawn by hand: it
 * leaves its target on the far side, runs along a lane beside all nodes and enters its bus from the near side, so that a
 * loop looks like one. Wide pictures run left to right, narrow ones top to bottom; the second is the first with its axes
 * swapped.
 */
import { Graph, layout as rank } from "@dagrejs/dagre";
import { EVENT_NODE, isNamed, type Picture, type PictureEdge, type PictureNode } from "./picture.js";

export type Direction = "across" | "down";

export interface Box {
  node: PictureNode;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  edge: PictureEdge;
  d: string;
  back: boolean;
  /** The middle of its label. */
  label: { x: number; y: number };
}

export interface Layout {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

const SIZE = { width: 160, height: 48 };
const MARGIN = 14;
const LANE = 30;
const CORNER = 10;
const LABEL_WIDTH = 130;
/** How far from a node's side a way back turns. */
const TURN = 16;

export function layOut(picture: Picture, direction: Direction): Layout {
  const back = backEdges(picture);
  const down = direction === "down";
  const graph = new Graph();
  graph.setGraph({
    rankdir: down ? "TB" : "LR",
    nodesep: down ? 16 : 14,
    ranksep: down ? 40 : 36,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of picture.nodes) graph.setNode(node.id, { ...SIZE });
  for (const edge of picture.edges) if (!back.has(edge)) graph.setEdge(edge.from, edge.to, roomFor(edge, down));
  rank(graph);
  keepOrder(graph, picture, down ? "x" : "y");

  const place = new Map<string, Point>();
  for (const node of picture.nodes) {
    const { x, y } = graph.node(node.id) as Point;
    place.set(node.id, { x, y });
  }
  const boxes = picture.nodes.map((node) => boxOf(node, place.get(node.id) ?? { x: 0, y: 0 }));
  const edge = outline(boxes);
  const lines = picture.edges.map((it) =>
    back.has(it) ? wayBack(it, place, down, edge, [...back].indexOf(it)) : wayOn(it, place, down, graph),
  );
  const room = back.size === 0 ? 0 : (back.size - 1) * LANE + MARGIN + (down ? LANE + MARGIN : 8);
  return {
    boxes,
    lines,
    width: edge.width + MARGIN + (down ? room : TURN),
    height: edge.height + MARGIN + (down ? TURN : room),
  };
}

/** dagre is free to turn the order of a rank around. Turned back, rules stand as they are listed. */
function keepOrder(graph: Graph, picture: Picture, axis: "x" | "y"): void {
  const along = picture.nodes.filter((it) => it.kind === "rule").map((it) => (graph.node(it.id) as Point)[axis]);
  const steps = along.slice(1).map((value, at) => Math.sign(value - (along[at] ?? value)));
  if (steps.reduce((sum, step) => sum + step, 0) >= 0) return;
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const whole = axis === "x" ? width : height;
  const mirror = (point: Partial<Point>): void => {
    if (point[axis] !== undefined) point[axis] = whole - point[axis];
  };
  for (const id of graph.nodes()) mirror(graph.node(id) as Point);
  for (const id of graph.edges()) {
    const edge = graph.edge(id) as Partial<Point> & { points?: Point[] };
    mirror(edge);
    edge.points?.forEach(mirror);
  }
}

function boxOf(node: PictureNode, at: Point): Box {
  return { node, x: at.x - SIZE.width / 2, y: at.y - SIZE.height / 2, ...SIZE };
}

function outline(boxes: Box[]): { width: number; height: number } {
  return {
    width: Math.max(SIZE.width, ...boxes.map((box) => box.x + box.width)),
    height: Math.max(SIZE.height, ...boxes.map((box) => box.y + box.height)),
  };
}

/** The edges that lead back to where the way came from: those that a walk in depth meets with their end still open. */
function backEdges(picture: Picture): Set<PictureEdge> {
  const out = new Map<string, PictureEdge[]>();
  for (const edge of picture.edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  const state = new Map<string, "open" | "done">();
  const back = new Set<PictureEdge>();
  const starts = [EVENT_NODE, ...picture.nodes.filter((it) => it.kind === "bus").map((it) => it.id)];
  for (const start of [...starts, ...picture.nodes.map((it) => it.id)]) {
    if (state.has(start) || !picture.nodes.some((it) => it.id === start)) continue;
    state.set(start, "open");
    const stack = [{ id: start, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = out.get(top.id)?.[top.next];
      top.next += 1;
      if (!edge) {
        state.set(top.id, "done");
        stack.pop();
      } else if (state.get(edge.to) === "open") back.add(edge);
      else if (!state.has(edge.to)) {
        state.set(edge.to, "open");
        stack.push({ id: edge.to, next: 0 });
      }
    }
  }
  return back;
}

/** Events that reach a bus for the first time are named on their way there, and need the room. */
function roomFor(edge: PictureEdge, down: boolean): { width: number; height: number; labelpos: "c" } | object {
  return isNamed(edge) && !down ? { width: LABEL_WIDTH, height: 20, labelpos: "c" } : {};
}

function wayOn(edge: PictureEdge, place: Map<string, Point>, down: boolean, graph: Graph): Line {
  const from = side(place, edge.from, down, 1);
  const to = side(place, edge.to, down, -1);
  const between = ((graph.edge(edge.from, edge.to) as { points?: Point[] } | undefined)?.points ?? []).slice(1, -1);
  const { x, y } = graph.edge(edge.from, edge.to) as Partial<Point>;
  const label = { x: x ?? (from.x + to.x) / 2, y: y ?? (from.y + to.y) / 2 };
  if (between.length > 2) return { edge, d: rounded([from, ...between, to]), back: false, label };
  const [a, b] = down
    ? [
        { x: from.x, y: label.y },
        { x: to.x, y: label.y },
      ]
    : [
        { x: label.x, y: from.y },
        { x: label.x, y: to.y },
      ];
  return { edge, d: `M${xy(from)} C${xy(a)} ${xy(b)} ${xy(to)}`, back: false, label };
}

function wayBack(
  edge: PictureEdge,
  place: Map<string, Point>,
  down: boolean,
  outer: { width: number; height: number },
  lane: number,
): Line {
  const nudge = 9 + (lane % 3) * 6;
  const turn = TURN - (lane % 3) * 4;
  const from = side(place, edge.from, down, 1);
  const to = side(place, edge.to, down, -1);
  if (down) {
    const x = outer.width + 2 * MARGIN + lane * LANE;
    const points = [
      { x: from.x + nudge, y: from.y },
      { x: from.x + nudge, y: from.y + turn },
      { x, y: from.y + turn },
      { x, y: to.y - turn },
      { x: to.x + nudge, y: to.y - turn },
      { x: to.x + nudge, y: to.y },
    ];
    return { edge, d: rounded(points), back: true, label: { x, y: (from.y + to.y) / 2 } };
  }
  const y = outer.height + MARGIN + 8 + lane * LANE;
  const points = [
    { x: from.x, y: from.y + nudge },
    { x: from.x + turn, y: from.y + nudge },
    { x: from.x + turn, y },
    { x: to.x - turn, y },
    { x: to.x - turn, y: to.y + nudge },
    { x: to.x, y: to.y + nudge },
  ];
  return { edge, d: rounded(points), back: true, label: { x: (from.x + to.x) / 2, y } };
}

/** The middle of the side at which edges leave (1) or enter (-1). */
function side(place: Map<string, Point>, id: string, down: boolean, which: 1 | -1): Point {
  const at = place.get(id) ?? { x: 0, y: 0 };
  return down ? { x: at.x, y: at.y + (which * SIZE.height) / 2 } : { x: at.x + (which * SIZE.width) / 2, y: at.y };
}

function rounded(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let d = `M${xy(first)}`;
  rest.forEach((point, at) => {
    const before = points[at] ?? first;
    const after = rest[at + 1];
    if (!after) {
      d += ` L${xy(point)}`;
      return;
    }
    d += ` L${xy(toward(point, before))} Q${xy(point)} ${xy(toward(point, after))}`;
  });
  return d;
}

/** The point on the way from `from` to `to` where the corner at `from` begins. */
function toward(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function xy(point: Point): string {
  return `${Math.round(point.x * 10) / 10},${Math.round(point.y * 10) / 10}`;
}
