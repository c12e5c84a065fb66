/** The texts of a draft that hold now: what is typed, or what was valid before. */
import type { Field } from "./evaluate.js";
import { EFFECTS_KEY, type FieldKey, patternKey, targetsKey } from "./fields.js";
import type { Texts } from "./scenario.js";

export function textsOf(fields: ReadonlyMap<FieldKey, Field>): Texts {
  const good = (key: FieldKey): string | null => fields.get(key)?.good ?? null;
  return {
    event: (event) => good(event.id),
    policy: (policy) => good(policy.id),
    effects: good(EFFECTS_KEY),
    pattern: (rule) => good(patternKey(rule)),
    targets: (rule) => good(targetsKey(rule)),
  };
}
