/** The view `route`: where the event goes, as a tree: bus, rules, targets with what they receive, and what follows. */

import type { TraceInvocation, TraceNode, TraceRule } from "../types.js";
import { badge, type Child, h, prose, serviceOf, shortArn, times } from "./dom.js";
import { laidOut } from "./tokens.js";

/** Rows of the tree; a fan-out can hold ten thousand. */
const MOST_ROWS = 120;
/** How many events one causes the other; further down nothing would be left of the width. */
const DEEPEST = 6;

interface Room {
  rows: number;
}

export function routeOf(trace: TraceNode[]): Child[] {
  if (trace.length === 0) return [h("p", { class: "quiet" }, "No event is sent.")];
  const room: Room = { rows: 0 };
  const tree = h(
    "ul",
    { class: "tree", "aria-label": "The event's way" },
    trace.map((node) => eventRow(node, room, 0)),
  );
  const cut =
    room.rows >= MOST_ROWS ? h("p", { class: "quiet" }, "The way goes on; the rest is not shown.") : undefined;
  return [tree, cut];
}

export function ruleSign(outcome: TraceRule["outcome"]): HTMLElement {
  if (outcome === "matched") return badge("good", "✓", "matches");
  if (outcome === "no-match") return badge("", "✕", "no match");
  return badge(outcome === "failed" ? "bad" : "", "–", outcome === "no-pattern" ? "no pattern" : outcome);
}

function eventRow(node: TraceNode, room: Room, depth: number): Child {
  if (++room.rows > MOST_ROWS) return undefined;
  const { event, bus, dropped } = node;
  const rules = [...node.rules].sort(
    (one, other) => Number(other.outcome === "matched") - Number(one.outcome === "matched"),
  );
  return h(
    "li",
    {},
    h(
      "p",
      { class: "row event" },
      h("span", { class: "quiet" }, "event"),
      h("b", {}, event["detail-type"]),
      h("span", { class: "quiet" }, `from ${event.source} on bus ${shortArn(bus)}`),
      dropped === undefined ? undefined : badge("bad", "✕", "dropped"),
    ),
    dropped === undefined ? undefined : h("p", { class: "why" }, prose(dropped)),
    rules.length > 0
      ? h(
          "ul",
          {},
          rules.map((rule) => ruleRow(rule, room, depth)),
        )
      : undefined,
  );
}

function ruleRow(rule: TraceRule, room: Room, depth: number): Child {
  if (++room.rows > MOST_ROWS) return undefined;
  const { name, outcome, reason, invocations } = rule;
  return h(
    "li",
    {},
    h("p", { class: "row" }, h("span", { class: "quiet" }, "rule"), h("b", {}, name), ruleSign(outcome)),
    reason === undefined ? undefined : h("p", { class: "why" }, prose(reason)),
    invocations.length > 0
      ? h(
          "ul",
          {},
          invocations.map((it) => targetRow(it, room, depth)),
        )
      : undefined,
  );
}

function targetRow(invocation: TraceInvocation, room: Room, depth: number): Child {
  if (++room.rows > MOST_ROWS) return undefined;
  const { target, outcome, error, input, emitted } = invocation;
  const sign =
    outcome === "delivered"
      ? badge("good", "✓", "delivered")
      : outcome === "loop-stopped"
        ? badge("bad", "↻", "loop stopped")
        : badge("bad", "✕", outcome.replace("-", " "));
  return h(
    "li",
    {},
    h(
      "p",
      { class: "row" },
      h("span", { class: "quiet" }, serviceOf(target) || "target"),
      h("b", {}, shortArn(target)),
      sign,
    ),
    error ? h("p", { class: "why" }, h("code", {}, error.code), " ", prose(error.message)) : undefined,
    h("details", {}, h("summary", {}, "what it receives"), h("pre", { tabindex: "0" }, laidOut(input))),
    emitted.length === 0
      ? undefined
      : depth < DEEPEST
        ? h(
            "ul",
            {},
            emitted.map((node) => eventRow(node, room, depth + 1)),
          )
        : h("p", { class: "quiet" }, `${times(emitted.length, "event follows", "events follow")}, and so on`),
  );
}
