/**
 * Many rules at once: the seam between `ebsim match` and whatever matches.
 *
 * Today every pattern is asked about every event. The index of rules takes this place with the same three lines of interface.
 */

import { EventBridgeError } from "../errors.js";
import { type CompiledPattern, compile } from "../pattern.js";

export interface Rules {
  readonly size: number;
  /** The names of the rules that an event matches, in the order in which the rules were given. */
  match(event: string): string[];
}

/** Reads `{"name": pattern, ...}`. */
export function rulesOf(text: string): Rules {
  const compiled = Object.entries(patternsIn(text)).map(
    ([name, pattern]) => [name, compiledAs(name, pattern)] as const,
  );
  return {
    size: compiled.length,
    match: (event) => compiled.filter(([, pattern]) => pattern.matches(event)).map(([name]) => name),
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

function compiledAs(name: string, pattern: unknown): CompiledPattern {
  try {
    return compile(typeof pattern === "string" ? pattern : JSON.stringify(pattern));
  } catch (thrown) {
    if (!(thrown instanceof EventBridgeError)) throw thrown;
    throw invalid(`rule \`${name}\`: ${thrown.message}`, thrown.help);
  }
}

function invalid(message: string, help?: string): EventBridgeError {
  return new EventBridgeError({ name: "InvalidRulesError", message, ...(help !== undefined && { help }) });
}
