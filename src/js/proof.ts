/** Events that nobody gave: samples of a pattern, what tells two patterns apart, and patterns from events. */

import { call } from "./engine.js";
import { type JsonSource, textOf } from "./json.js";
import type { Comparison, Json } from "./types.js";

/**
 * An event that matches the pattern and looks real; null when no event does. In the text, `sampleEventText`, numbers
 * keep spellings that JavaScript's numbers cannot hold.
 */
export function sampleEvent(pattern: JsonSource): { [name: string]: Json } | null {
  const text = sampleEventText(pattern);
  return text === null ? null : (JSON.parse(text) as { [name: string]: Json });
}

/** The same as JSON text. */
export function sampleEventText(pattern: JsonSource): string | null {
  const text = textOf(pattern, "a pattern");
  return call((engine) => engine.sample_event(text)) ?? null;
}

/** How the events that two patterns match lie, with an event for each difference. */
export function compare(first: JsonSource, second: JsonSource): Comparison {
  const [one, other] = [textOf(first, "a pattern"), textOf(second, "a pattern")];
  return JSON.parse(call((engine) => engine.compare(one, other))) as Comparison;
}

/** The tightest pattern that matches all events, as far as this package can say it. */
export function inferPattern(events: readonly JsonSource[]): { [name: string]: Json } {
  if (!Array.isArray(events)) throw new TypeError("the events must be an array");
  const text = `[${events.map((event) => textOf(event, "an event")).join(",")}]`;
  return JSON.parse(call((engine) => engine.infer_pattern(text))) as { [name: string]: Json };
}
