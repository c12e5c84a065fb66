/** Patterns without a simulator: does this event match, and if not, why not? */

import { disposeSymbol } from "./dispose.js";
import { call, type EnginePattern, hold } from "./engine.js";
import { type JsonSource, textOf } from "./json.js";
import type { Diagnostic, Explanation } from "./types.js";

/** Whether the event matches the pattern. Throws `InvalidEventPatternException` or `InvalidEventError`. */
export function matches(pattern: JsonSource, event: JsonSource): boolean {
  const [patternText, eventText] = [textOf(pattern, "a pattern"), textOf(event, "an event")];
  return call((engine) => engine.matches(patternText, eventText));
}

/** The same, leaf by leaf of the pattern: what was wanted, what stood there, and what would make it match. */
export function explain(pattern: JsonSource, event: JsonSource): Explanation {
  const [patternText, eventText] = [textOf(pattern, "a pattern"), textOf(event, "an event")];
  return JSON.parse(call((engine) => engine.explain(patternText, eventText))) as Explanation;
}

/** What is wrong with a pattern, for editors: nothing is an empty list. */
export function checkPattern(pattern: string): Diagnostic[] {
  const text = textOf(pattern, "a pattern");
  return call((engine) => engine.check_pattern(text)) as Diagnostic[];
}

/**
 * What a pattern gets wrong: the one error of a pattern that the service refuses, else what it accepts and is probably a
 * mistake or could be better. Many findings have a `fix`. In the order of the text; ranges count in `pattern` as text.
 */
export function lint(pattern: JsonSource): Diagnostic[] {
  const text = textOf(pattern, "a pattern");
  return call((engine) => engine.lint(text)) as Diagnostic[];
}

/** What is wrong with an event, for editors: nothing is an empty list. */
export function checkEvent(event: string): Diagnostic[] {
  const text = textOf(event, "an event");
  return call((engine) => engine.check_event(text)) as Diagnostic[];
}

/** A pattern that has been read once, for many events. */
export interface CompiledPattern {
  matches(event: JsonSource): boolean;
  explain(event: JsonSource): Explanation;
  /** What the pattern probably gets wrong. */
  lint(): Diagnostic[];
  /** The pattern's canonical text: no blanks, everything in the order written. */
  print(): string;
  /** Gives the memory back now instead of when the garbage collector comes round. */
  free(): void;
  [Symbol.dispose](): void;
}

/** Reads a pattern. Throws `InvalidEventPatternException`. */
export function compile(pattern: JsonSource): CompiledPattern {
  const text = textOf(pattern, "a pattern");
  const compiled = hold<EnginePattern>("this compiled pattern", (engine) => new engine.CompiledPattern(text));
  return {
    matches(event) {
      const eventText = textOf(event, "an event");
      return compiled.use((it) => it.matches(eventText));
    },
    explain(event) {
      const eventText = textOf(event, "an event");
      return JSON.parse(compiled.use((it) => it.explain(eventText))) as Explanation;
    },
    lint: () => compiled.use((it) => it.lint()) as Diagnostic[],
    print: () => compiled.use((it) => it.print()),
    free: compiled.free,
    [disposeSymbol]: compiled.free,
  };
}

/** The version of the engine. */
export function version(): string {
  return call((engine) => engine.version());
}
