/** The view `loop`: which rules fire each other for ever, drawn as the round it is, with why and how to break it. */

import type { Hop, LoopReport } from "../types.js";
import { badge, type Child, h, prose, serviceOf, shortArn, times } from "./dom.js";

const MOST_LOOPS = 3;

const verdicts: Record<LoopReport["verdict"], string> = {
  proven: "Loop, proven",
  suspected: "Loop, suspected",
  possible: "Loop, possible",
  cut: "Loop, cut",
};

export function loopsOf(loops: LoopReport[], deliveries: number): Child[] {
  if (loops.length === 0) {
    const words = `After ${times(deliveries, "delivery", "deliveries")} nothing follows any more.`;
    return [
      h(
        "div",
        { class: "verdict" },
        h("p", { class: "head" }, badge("good", "✓", "no loop"), h("span", { class: "quiet" }, words)),
      ),
    ];
  }
  const rest = loops.length - MOST_LOOPS;
  return [
    ...loops.slice(0, MOST_LOOPS).map(loop),
    rest > 0 ? h("p", { class: "quiet" }, `and ${times(rest, "more loop")}`) : undefined,
  ];
}

function loop(report: LoopReport): Child {
  const { verdict, path, reason, count, fix } = report;
  const hops = once(path);
  return h(
    "div",
    { class: "verdict" },
    h(
      "p",
      { class: "head" },
      badge(verdict === "proven" ? "bad" : "warn", "↻", verdicts[verdict]),
      h("span", { class: "quiet" }, `stopped ${times(count, "time")}`),
    ),
    h(
      "ol",
      { class: "round", "aria-label": "The cycle; after its last step it begins again" },
      hops.map((hop, at) => steps(hop, hops[at + 1] ?? hops[0])),
    ),
    h("p", {}, prose(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`)),
    fix ? h("p", {}, h("b", {}, "To break it: "), prose(fix.explanation)) : undefined,
  );
}

function steps(hop: Hop, next: Hop | undefined): Child[] {
  const verb = hop.by === "bus" ? "forwards" : "emits";
  return [
    step("rule", shortArn(hop.rule)),
    step(serviceOf(hop.target) || "target", shortArn(hop.target)),
    step(verb, next?.event["detail-type"] ?? hop.event["detail-type"]),
  ];
}

function step(what: string, name: string): HTMLElement {
  return h("li", {}, h("span", { class: "quiet" }, `${what} `), h("b", {}, name));
}

/** The cycle once: a path may end with the hop it began with. */
function once(path: Hop[]): Hop[] {
  const first = path[0];
  const again = path.findIndex((hop, at) => at > 0 && hop.rule === first?.rule && hop.targetId === first.targetId);
  return again > 0 ? path.slice(0, again) : path;
}
