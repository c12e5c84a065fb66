/** The words and signs for what became of something. Colour comes on top and never alone. */
import type { Outcome, TraceRule } from "../../../src/js/types.js";
import type { NodeState } from "../graph/picture.js";
import type { Verdict } from "../model/run.js";
import type { IconName } from "./icons.js";

export interface Sign {
  icon: IconName;
  word: string;
  tone: "good" | "bad" | "warn" | "";
}

const signs: Record<TraceRule["outcome"] | Outcome | Verdict["outcome"] | NodeState | "invalid", Sign> = {
  matched: { icon: "check", word: "matches", tone: "good" },
  "no-match": { icon: "cross", word: "no match", tone: "" },
  disabled: { icon: "pause", word: "disabled", tone: "" },
  "no-pattern": { icon: "clock", word: "no pattern", tone: "" },
  "not-selected": { icon: "dash", word: "not selected", tone: "" },
  failed: { icon: "warn", word: "failed", tone: "bad" },
  "not-asked": { icon: "dash", word: "not asked", tone: "" },
  invalid: { icon: "warn", word: "not valid", tone: "bad" },
  delivered: { icon: "check", word: "delivered", tone: "good" },
  "not-delivered": { icon: "cross", word: "not delivered", tone: "bad" },
  "loop-stopped": { icon: "loop", word: "loop stopped", tone: "bad" },
  pending: { icon: "clock", word: "pending", tone: "warn" },
  dropped: { icon: "cross", word: "dropped", tone: "bad" },
  entered: { icon: "bolt", word: "entered", tone: "good" },
  reached: { icon: "check", word: "reached", tone: "good" },
  quiet: { icon: "dash", word: "not reached", tone: "" },
};

export function signOf(outcome: keyof typeof signs): Sign {
  return signs[outcome];
}

export function times(count: number, one: string, many = `${one}s`): string {
  // By hand: the first `toLocaleString` of a page takes 50 ms.
  const grouped = String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped} ${count === 1 ? one : many}`;
}
