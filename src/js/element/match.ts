/** The view `match`: does the event match, and if not, which field is to blame? */

import { checkEvent, explain, lint } from "../pattern.js";
import type { Diagnostic, LeafResult, Range, TraceRule } from "../types.js";
import type { Content } from "./content.js";
import { badge, type Child, h, prose } from "./dom.js";
import { ruleSign } from "./route.js";
import type { Judgements } from "./show.js";
import type { Mark } from "./tokens.js";

/** More leaves than this are not read. */
const MOST_LEAVES = 30;

/** Holds each pattern against the event as it is written. */
export function matchPatterns(content: Content, judgements: Judgements): Child[] {
  const event = content.event;
  if (!event) return [];
  const broken = checkEvent(event.text);
  judgements.set(event, { diagnostics: broken, marks: [] });
  const inEvent: Mark[] = [];
  const rules = content.rules();
  const shown = rules.map(({ name, part }) => {
    const diagnostics: Diagnostic[] = lint(part.text);
    judgements.set(part, { diagnostics, marks: [] });
    const title = rules.length > 1 ? name : undefined;
    if (isBroken(diagnostics)) return verdict(badge("bad", "!", "not valid"), title);
    if (isBroken(broken)) return undefined;
    const { matches, leaves } = explain(part.text, event.text);
    const failed = leaves.filter((leaf) => !leaf.matched && leaf.branch === undefined);
    judgements.set(part, { diagnostics, marks: failed.flatMap((leaf) => markOf(leaf, leaf.patternRange)) });
    inEvent.push(...failed.flatMap((leaf) => markOf(leaf, leaf.eventRange)));
    return verdict(matches ? badge("good", "✓", "matches") : badge("bad", "✕", "no match"), title, leavesOf(leaves));
  });
  judgements.set(event, { diagnostics: broken, marks: inEvent });
  return shown;
}

/** The same for a scenario: what each rule of the bus said to the first event. */
export function matchRules(rules: TraceRule[]): Child[] {
  return rules.map(({ name, outcome, reason, leaves }) => {
    const detail = leaves && leaves.length > 0 ? leavesOf(leaves) : reason ? h("p", {}, prose(reason)) : undefined;
    return verdict(ruleSign(outcome), name, detail);
  });
}

function verdict(sign: Child, name: string | undefined, detail?: Child): HTMLElement {
  const title = name === undefined ? undefined : h("span", { class: "quiet" }, "rule ", h("b", {}, name));
  return h("div", { class: "verdict" }, h("p", { class: "head" }, sign, title), detail);
}

function leavesOf(leaves: LeafResult[]): Child {
  const told = leaves.filter((leaf) => leaf.branch === undefined);
  const held = told.filter((leaf) => leaf.matched);
  const failed = told.filter((leaf) => !leaf.matched).slice(0, MOST_LEAVES);
  if (told.length === 0) return undefined;
  const paths = held.slice(0, MOST_LEAVES).map((leaf, at) => [at > 0 ? ", " : "", h("code", {}, leaf.path)]);
  return h(
    "ul",
    { "aria-label": "Field by field" },
    failed.map((leaf) =>
      h("li", { class: "no" }, sentence(leaf), leaf.hint ? h("p", { class: "hint" }, prose(leaf.hint)) : undefined),
    ),
    held.length > 0
      ? h("li", { class: "yes" }, paths, failed.length > 0 ? (held.length === 1 ? " matches" : " match") : "")
      : undefined,
  );
}

function sentence({ path, reason }: LeafResult): Child[] {
  return prose(reason.startsWith(`\`${path}\``) ? reason : `\`${path}\` ${reason}`);
}

function markOf({ reason }: LeafResult, range: Range | undefined): Mark[] {
  if (!range || range.start.offset >= range.end.offset) return [];
  return [{ from: range.start.offset, to: range.end.offset, words: reason.replaceAll("`", "") }];
}

export function isBroken(diagnostics: Diagnostic[]): boolean {
  return diagnostics.some((it) => it.severity === "error");
}
