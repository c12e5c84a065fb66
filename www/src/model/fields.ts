/** Names for the texts that have an editor: `event-1`, `rule-2:pattern`, `rule-2:targets`, `policy-1`, `effects`, `expect`. */
import type { RuleDraft } from "./draft.js";

export type FieldKey = string;

export const patternKey = (rule: RuleDraft): FieldKey => `${rule.id}:pattern`;
export const targetsKey = (rule: RuleDraft): FieldKey => `${rule.id}:targets`;
export const EFFECTS_KEY: FieldKey = "effects";
export const EXPECT_KEY: FieldKey = "expect";
