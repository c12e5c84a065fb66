/**
 * The event's way as steps, and how the picture looks after some of them.
 *
 * A step is a row of the trace: an event arrives, a rule matches, a target is invoked. Rules that do not match are no steps
 * of their own, or a bus with two hundred rules would never be left; they are told with the event that they saw.
 */
import type { Occurrence, TraceRow } from "../ui/trace-rows.js";
import { EVENT_NODE, edgeKey, type NodeState, type Picture } from "./picture.js";

export interface Step {
  /** The row of the trace. */
  row: number;
  /** Where the event is now, and the way that led there; not everything is in the picture. */
  node: string | undefined;
  edge: string | undefined;
  state: NodeState;
  words: string;
}

/** What has been passed so far, and how often. */
export interface Progress {
  nodes: ReadonlyMap<string, { count: number; state: NodeState }>;
  edges: ReadonlyMap<string, number>;
  /** The step just made. */
  current: Step | undefined;
}

export function stepsOf(picture: Picture, rows: TraceRow[]): Step[] {
  const places = new Places(picture);
  return rows.flatMap((row, at): Step[] => {
    const step = stepOf(places, row.of);
    return step ? [{ ...step, row: at, words: `${row.what} ${row.name} ${row.text}` }] : [];
  });
}

/** After the first `count` steps. */
export function progressAt(steps: Step[], count: number): Progress {
  const nodes = new Map<string, { count: number; state: NodeState }>();
  const edges = new Map<string, number>();
  const passed = steps.slice(0, count);
  const [first] = passed;
  if (first) nodes.set(EVENT_NODE, { count: 1, state: first.state === "dropped" ? "dropped" : "entered" });
  for (const { node, edge, state } of passed) {
    if (node !== undefined) nodes.set(node, { count: (nodes.get(node)?.count ?? 0) + 1, state });
    if (edge !== undefined) edges.set(edge, (edges.get(edge) ?? 0) + 1);
  }
  return { nodes, edges, current: passed.at(-1) };
}

function stepOf(places: Places, of: Occurrence): Omit<Step, "row" | "words"> | undefined {
  switch (of.kind) {
    case "event": {
      const bus = places.find("bus", of.node.bus);
      const from = of.by ? places.target(places.find("rule", of.by.rule.rule), of.by.invocation.target) : EVENT_NODE;
      const state: NodeState = of.node.dropped === undefined ? "reached" : "dropped";
      return { node: bus ?? (of.by ? undefined : EVENT_NODE), edge: places.edge(from, bus), state };
    }
    case "rule": {
      if (of.rule.outcome !== "matched") return undefined;
      const rule = places.find("rule", of.rule.rule);
      return { node: rule, edge: places.edge(places.find("bus", of.node.bus), rule), state: "matched" };
    }
    case "target": {
      const rule = places.find("rule", of.rule.rule);
      const target = places.target(rule, of.invocation.target);
      return { node: target, edge: places.edge(rule, target), state: of.invocation.outcome };
    }
    case "rest":
    case "note":
      return undefined;
  }
}

/** The nodes of a picture by what they stand for. */
class Places {
  readonly #byArn = new Map<string, string[]>();
  readonly #kinds = new Map<string, string>();
  readonly #edges: Set<string>;

  constructor(picture: Picture) {
    for (const { id, arn, kind } of picture.nodes) {
      this.#kinds.set(id, kind);
      if (arn !== undefined) this.#byArn.set(arn, [...(this.#byArn.get(arn) ?? []), id]);
    }
    this.#edges = new Set(picture.edges.map(({ from, to }) => edgeKey(from, to)));
  }

  find(kind: string, arn: string): string | undefined {
    return this.#byArn.get(arn)?.find((id) => this.#kinds.get(id) === kind);
  }

  /** One ARN may be the target of several rules; the one under this rule is meant. */
  target(rule: string | undefined, arn: string): string | undefined {
    const all = this.#byArn.get(arn)?.filter((id) => this.#kinds.get(id) !== "rule") ?? [];
    return all.find((id) => rule !== undefined && this.#edges.has(edgeKey(rule, id))) ?? all[0];
  }

  edge(from: string | undefined, to: string | undefined): string | undefined {
    if (from === undefined || to === undefined) return undefined;
    const key = edgeKey(from, to);
    return this.#edges.has(key) ? key : undefined;
  }
}
