/** Many rules at once, for `ebsim match`: names from a file, answers in the order in which the rules were given. */

import { EventBridgeError } from "../errors.js";
import { RuleSet } from "../rule-set.js";

export interface Rules {
  readonly size: number;
  /** The names of the rules that an event matches, in the order in which the rules were given. */
  match(event: string): string[];
}

/** Reads `{"name": pattern, ...}`. */
export function rulesOf(text: string): Rules {
  const set = new RuleSet();
  const places = new Map<string, number>();
  for (const [name, pattern] of Object.entries(patternsIn(text))) {
    add(set, name, pattern);
    places.set(name, places.size);
  }
  const place = (name: string): number => places.get(name) ?? 0;
  return {
    size: set.size,
    match: (event) => set.match(event).sort((one, other) => place(one) - place(other)),
  };
}

function patternsIn(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw invalid(`rules are not valid JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid('rules are an object of names and patterns: {"orders": {"source": ["shop"]}}');
}

function add(set: RuleSet, name: string, pattern: unknown): void {
  try {
    set.add(name, typeof pattern === "string" ? pattern : JSON.stringify(pattern));
  } catch (thrown) {
    if (!(thrown instanceof EventBridgeError)) throw thrown;
    throw invalid(`rule \`${name}\`: ${thrown.message}`, thrown.help);
  }
}

function invalid(message: string, help?: string): EventBridgeError {
  return new EventBridgeError({ name: "InvalidRulesError", message, ...(help !== undefined && { help }) });
}
