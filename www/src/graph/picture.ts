/**
 * What the graph shows: the engine's routing graph with the way of the events marked on it.
 *
 * The engine says what is there (`graph`), what happened (`trace`) and what goes round (`loops`); here the three are laid
 * over each other. Nodes are found by ARN, and a target under the rule that invokes it. Events that arrived where the
 * graph has no edge (a handler's, say) get one.
 */
import type { Graph, GraphNode, Hop, LoopReport, Outcome, TraceNode, TraceRule } from "../../../src/js/types.js";

import { shortArn } from "../model/arn.js";

export type NodeState = TraceRule["outcome"] | Outcome | "dropped" | "entered" | "reached" | "quiet";

export interface PictureNode {
  id: string;
  kind: "event" | GraphNode["kind"];
  label: string;
  arn?: string;
  /** Where it is, when the picture spans several accounts or regions. */
  place?: string;
  state: NodeState;
  /** How often it was passed. */
  count: number;
  inLoop: boolean;
}

export interface PictureEdge {
  from: string;
  to: string;
  kind: "enters" | "considers" | "invokes" | "emits" | "forwards";
  /** Detail-types of the events that took it, or what the engine says of it. */
  label: string;
  count: number;
  inLoop: boolean;
  /** A forward to a bus that was not made. */
  refused: boolean;
}

export interface Picture {
  nodes: PictureNode[];
  edges: PictureEdge[];
}

export const EVENT_NODE = "event";

/** Whether an edge that is no way back has a label. */
export function isNamed(edge: PictureEdge): boolean {
  return edge.kind === "emits" && edge.count > 0;
}

export function edgeKey(from: string, to: string): string {
  return `${from}\u0000${to}`;
}

export function pictureOf(graph: Graph, trace: TraceNode[], loops: LoopReport[]): Picture {
  const canvas = new Map<string, PictureNode>();
  const edges = new Map<string, PictureEdge>();
  const wide = new Set(graph.nodes.map((node) => node.account).filter(Boolean)).size > 1;
  for (const node of graph.nodes) if (node.kind !== "outside") canvas.set(node.id, quiet(node, wide));
  for (const { from, to, kind, label } of graph.edges) {
    if (canvas.has(from) && canvas.has(to)) {
      edges.set(edgeKey(from, to), { from, to, kind, label: label ?? "", count: 0, inLoop: false, refused: false });
    }
  }
  const picture: Marks = { canvas, edges, byArn: index(canvas) };
  for (const root of trace) markRoot(picture, root);
  for (const loop of loops) markLoop(picture, loop.path);
  const used = new Set([...edges.values()].flatMap((edge) => [edge.from, edge.to]));
  const nodes = [...canvas.values()].filter((node) => used.has(node.id) || node.kind !== "bus" || canvas.size < 3);
  return { nodes, edges: [...edges.values()] };
}

interface Marks {
  canvas: Map<string, PictureNode>;
  edges: Map<string, PictureEdge>;
  byArn: Map<string, string[]>;
}

function quiet(node: GraphNode, wide: boolean): PictureNode {
  const state: NodeState = node.kind === "rule" && node.enabled === false ? "disabled" : "quiet";
  const { id, kind, arn } = node;
  const label = kind === "target" && arn !== undefined ? shortArn(arn) : node.label;
  return {
    id,
    kind,
    label,
    ...(arn === undefined ? {} : { arn }),
    ...(wide && node.account !== undefined ? { place: node.account } : {}),
    state,
    count: 0,
    inLoop: false,
  };
}

function index(canvas: Map<string, PictureNode>): Map<string, string[]> {
  const byArn = new Map<string, string[]>();
  for (const node of canvas.values()) {
    if (node.arn !== undefined) byArn.set(node.arn, [...(byArn.get(node.arn) ?? []), node.id]);
  }
  return byArn;
}

function markRoot(marks: Marks, root: TraceNode): void {
  const bus = find(marks, "bus", root.bus);
  const label = root.event["detail-type"];
  marks.canvas.set(EVENT_NODE, {
    id: EVENT_NODE,
    kind: "event",
    label,
    state: root.dropped === undefined ? "entered" : "dropped",
    count: 1,
    inLoop: false,
  });
  if (bus) pass(marks, EVENT_NODE, bus, "enters", "");
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) open.push(...markNode(marks, node));
}

/** Marks one event on one bus; returns the events that followed. */
function markNode(marks: Marks, node: TraceNode): TraceNode[] {
  const busId = find(marks, "bus", node.bus);
  const bus = marks.canvas.get(busId ?? "");
  if (bus) reach(bus, node.dropped === undefined ? "reached" : "dropped");
  const followers: TraceNode[] = [];
  for (const traced of node.rules) {
    const ruleId = find(marks, "rule", traced.rule);
    const rule = marks.canvas.get(ruleId ?? "");
    if (rule && (rule.state !== "matched" || traced.outcome === "matched")) rule.state = traced.outcome;
    if (traced.outcome !== "matched" || !rule || !ruleId) continue;
    rule.count += 1;
    if (busId) pass(marks, busId, ruleId, "considers", "");
    for (const invocation of traced.invocations) {
      const targetId = findTarget(marks, ruleId, invocation.target);
      const target = marks.canvas.get(targetId ?? "");
      if (!target || !targetId) continue;
      const edge = pass(marks, ruleId, targetId, "invokes", "");
      // A bus as a target is reached when the event arrives there; what is refused is the way to it.
      if (target.kind !== "bus") reach(target, invocation.outcome);
      else if (invocation.outcome !== "delivered") edge.refused = true;
      for (const next of invocation.emitted) {
        const to = find(marks, "bus", next.bus);
        if (to && to !== targetId)
          pass(marks, targetId, to, next.cause.kind === "bus" ? "forwards" : "emits", next.event["detail-type"]);
        followers.push(next);
      }
    }
  }
  return followers;
}

/** A loop stop or a failure stays visible however many deliveries went well. */
function reach(node: PictureNode, state: NodeState): void {
  node.count += 1;
  const settled = node.state === "loop-stopped" || node.state === "failed" || node.state === "not-delivered";
  if (!settled) node.state = state;
}

function pass(marks: Marks, from: string, to: string, kind: PictureEdge["kind"], label: string): PictureEdge {
  const key = edgeKey(from, to);
  const edge = marks.edges.get(key) ?? { from, to, kind, label: "", count: 0, inLoop: false, refused: false };
  edge.count += 1;
  if (label !== "" && edge.count === 1) edge.label = label;
  else if (label !== "" && !edge.label.split(", ").includes(label)) edge.label = `${edge.label}, ${label}`;
  marks.edges.set(key, edge);
  return edge;
}

/** The cycle: each hop's bus, rule and target, and the way back from the last target to the first bus. */
function markLoop(marks: Marks, path: Hop[]): void {
  path.forEach((hop, at) => {
    const bus = find(marks, "bus", hop.bus);
    const rule = find(marks, "rule", hop.rule);
    const target = rule && findTarget(marks, rule, hop.target);
    const next = find(marks, "bus", (path[at + 1] ?? path[0] ?? hop).bus);
    for (const id of [bus, rule, target]) {
      const node = marks.canvas.get(id ?? "");
      if (node) node.inLoop = true;
    }
    for (const [from, to, kind] of [
      [bus, rule, "considers"],
      [rule, target, "invokes"],
      [target, next, hop.by === "bus" ? "forwards" : "emits"],
    ] as const) {
      if (!from || !to || from === to) continue;
      const key = edgeKey(from, to);
      const edge = marks.edges.get(key) ?? { from, to, kind, label: "", count: 0, inLoop: true, refused: false };
      marks.edges.set(key, { ...edge, inLoop: true });
    }
  });
}

function find(marks: Marks, kind: GraphNode["kind"], arn: string): string | undefined {
  return marks.byArn.get(arn)?.find((id) => marks.canvas.get(id)?.kind === kind);
}

/** One ARN may be the target of several rules; the one under this rule is meant. */
function findTarget(marks: Marks, rule: string, arn: string): string | undefined {
  const candidates = marks.byArn.get(arn)?.filter((id) => marks.canvas.get(id)?.kind !== "rule") ?? [];
  return candidates.find((id) => marks.edges.has(edgeKey(rule, id))) ?? candidates[0];
}
