/** What one node of the picture saw, from the trace: the events on a bus, a rule's answers, a target's deliveries. */
import type { TraceInvocation, TraceNode, TraceRule } from "../../../src/js/types.js";
import type { PictureNode } from "./picture.js";

export type Sighting =
  | { kind: "event"; node: TraceNode }
  | { kind: "rule"; node: TraceNode; rule: TraceRule }
  | { kind: "target"; node: TraceNode; rule: TraceRule; invocation: TraceInvocation };

/** The first `most` of them, and how many there are; `rule` is the rule whose target is meant, where several share one. */
export function sightingsOf(
  trace: TraceNode[],
  of: PictureNode,
  rules: ReadonlySet<string>,
  most: number,
): { list: Sighting[]; count: number } {
  const list: Sighting[] = [];
  let count = 0;
  const see = (sighting: Sighting): void => {
    count += 1;
    if (list.length < most) list.push(sighting);
  };
  // Events in the order of the trace: what follows from an event comes before the next one.
  const open = [...trace].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (of.kind === "bus" ? node.bus === of.arn : of.kind === "event" && trace.includes(node))
      see({ kind: "event", node });
    const next: TraceNode[] = [];
    for (const rule of node.rules) {
      if (of.kind === "rule" && rule.rule === of.arn) see({ kind: "rule", node, rule });
      for (const invocation of rule.invocations) {
        const isTarget = of.kind === "target" && invocation.target === of.arn && rules.has(rule.rule);
        if (isTarget) see({ kind: "target", node, rule, invocation });
        next.push(...invocation.emitted);
      }
    }
    open.push(...next.reverse());
  }
  return { list, count };
}
