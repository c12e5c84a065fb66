/**
 * The trace as rows of text, in the order things happened.
 *
 * Walked with a stack of its own, since a chain may be as long as `maxChain` allows, and cut at `LIMIT` rows: a fan-out
 * can hold ten thousand firings, and nobody reads those. Of many rules that an event did not fire only a few are rows of
 * their own until the reader asks for the rest.
 */
import type { TraceInvocation, TraceNode, TraceRule } from "../../../src/js/types.js";
import { shortArn } from "../model/arn.js";
import { type Sign, signOf, times } from "./words.js";

export interface TraceRow {
  /** The lines of the tree, as drawn with characters. */
  branch: string;
  kind: Occurrence["kind"];
  sign: Sign;
  /** What it is: `rule`, `target`, `event`. */
  what: string;
  name: string;
  /** The rest of the sentence. */
  text: string;
  /** What the row is about. */
  of: Occurrence;
}

/** One thing that happened: an event arrived on a bus, a rule judged it, a target was invoked. */
export type Occurrence =
  /** `by`: the invocation that put it there. */
  | { kind: "event"; node: TraceNode; by?: Extract<Occurrence, { kind: "target" }> }
  | { kind: "rule"; rule: TraceRule; node: TraceNode }
  | { kind: "target"; invocation: TraceInvocation; rule: TraceRule; node: TraceNode }
  /** Rules that did not fire and are told together. */
  | { kind: "rest"; rules: TraceRule[] }
  | { kind: "note"; text: string };

const LIMIT = 200;
/** So many rules that an event did not fire are told one by one; of more, these. */
const MOST_QUIET = 12;
const FIRST_QUIET = 3;
const DEEPEST_BRANCH = 60;

interface Open {
  lead: string;
  last: boolean;
  item: Occurrence;
}

const senders: Record<TraceNode["cause"]["kind"], string> = {
  "put-events": "sent with PutEvents",
  partner: "sent by a partner",
  emit: "sent by an AWS service",
  schedule: "made by a schedule",
  replay: "replayed from an archive",
  effect: "emitted by the target",
  handler: "sent by the target's handler",
  bus: "forwarded",
};

/** `whole`: with all rules that an event did not fire. */
export function rowsOf(trace: TraceNode[], whole: boolean): { rows: TraceRow[]; cut: boolean } {
  const rows: TraceRow[] = [];
  const open: Open[] = children(
    "",
    trace.map((node) => ({ kind: "event", node })),
  );
  for (let at = open.pop(); at; at = open.pop()) {
    if (rows.length === LIMIT) return { rows, cut: true };
    const root = at.lead === "";
    rows.push({ branch: root ? "" : `${at.lead.slice(2)}${at.last ? "└ " : "├ "}`, ...rowOf(at.item), of: at.item });
    const lead = `${at.lead}${root ? "  " : at.last ? "  " : "│ "}`.slice(0, DEEPEST_BRANCH);
    open.push(...children(lead, followersOf(at.item, whole)));
  }
  return { rows, cut: false };
}

/** In reverse, since the last one pushed is read first. */
function children(lead: string, items: Occurrence[]): Open[] {
  return items.map((item, at) => ({ lead, last: at === items.length - 1, item })).reverse();
}

function followersOf(item: Occurrence, whole: boolean): Occurrence[] {
  switch (item.kind) {
    case "event":
      return rulesOf(item.node, whole);
    case "rule":
      return item.rule.invocations.map((invocation) => ({ ...item, kind: "target", invocation }));
    case "target": {
      const skipped = item.invocation.skippedEffects ?? [];
      const notes = skipped.map(
        ({ reason }): Occurrence => ({
          kind: "note",
          text: `effect not applied: ${reason}`,
        }),
      );
      return [...notes, ...item.invocation.emitted.map((node): Occurrence => ({ kind: "event", node, by: item }))];
    }
    case "rest":
    case "note":
      return [];
  }
}

/** What matched comes first: that is where the story goes on. */
function rulesOf(node: TraceNode, whole: boolean): Occurrence[] {
  const fired = node.rules.filter((rule) => rule.outcome === "matched");
  const quiet = node.rules.filter((rule) => rule.outcome !== "matched");
  const told = whole || quiet.length <= MOST_QUIET ? quiet.length : FIRST_QUIET;
  const rows = [...fired, ...quiet.slice(0, told)].map((rule): Occurrence => ({ kind: "rule", rule, node }));
  return told === quiet.length ? rows : [...rows, { kind: "rest", rules: quiet.slice(told) }];
}

function rowOf(item: Occurrence): Omit<TraceRow, "branch" | "of"> {
  switch (item.kind) {
    case "event":
      return eventRow(item.node);
    case "rule": {
      const { outcome, name, reason } = item.rule;
      const sign = signOf(outcome);
      return { kind: "rule", sign, what: "rule", name, text: sign.word + (reason === undefined ? "" : `: ${reason}`) };
    }
    case "target": {
      const { outcome, target, error } = item.invocation;
      const sign = signOf(outcome);
      const why = error ? `: ${error.message}` : "";
      return { kind: "target", sign, what: "target", name: shortArn(target), text: sign.word + why };
    }
    case "rest": {
      const name = times(item.rules.length, "more rule");
      return { kind: "rest", sign: signOf("quiet"), what: "", name, text: outcomesOf(item.rules) };
    }
    case "note":
      return { kind: "note", sign: signOf("quiet"), what: "", name: "", text: item.text };
  }
}

/** `no match`, or `157 no match, 1 disabled` */
function outcomesOf(rules: TraceRule[]): string {
  const count = new Map<TraceRule["outcome"], number>();
  for (const { outcome } of rules) count.set(outcome, (count.get(outcome) ?? 0) + 1);
  const words = [...count].map(([outcome, rules]) => [String(rules), signOf(outcome).word]);
  return words.map((word) => (words.length === 1 ? word[1] : word.join(" "))).join(", ");
}

function eventRow(node: TraceNode): Omit<TraceRow, "branch" | "of"> {
  const where = `from ${node.event.source}, ${senders[node.cause.kind]}, on bus ${shortArn(node.bus)}`;
  const dropped = node.dropped === undefined ? "" : `: dropped, ${node.dropped}`;
  const sign =
    node.dropped === undefined ? { ...signOf("entered"), icon: "bolt" as const, tone: "" as const } : signOf("dropped");
  return { kind: "event", sign, what: "event", name: node.event["detail-type"], text: where + dropped };
}
