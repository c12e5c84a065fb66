/** Names for the texts that have an editor: `event-1`, `rule-2:pattern`, `rule-2:targets`, `policy-1`, `effects`, `expect`. */
import type { RuleDraft } from "./draft.js";

export type FieldKey = string;

export const patternKey = (rule: RuleDraft): FieldKey => keysOf(rule).pattern;
export const targetsKey = (rule: RuleDraft): FieldKey => keysOf(rule).targets;
export const EFFECTS_KEY: FieldKey = "effects";
export const EXPECT_KEY: FieldKey = "expect";

/** Hundreds of rules are looked up at every key: names that are put together anew are hashed anew. */
const keys = new WeakMap<RuleDraft, { pattern: FieldKey; targets: FieldKey }>();

function keysOf(rule: RuleDraft): { pattern: FieldKey; targets: FieldKey } {
  const known = keys.get(rule);
  if (known) return known;
  const made = { pattern: `${rule.id}:pattern`, targets: `${rule.id}:targets` };
  keys.set(rule, made);
  return made;
}
