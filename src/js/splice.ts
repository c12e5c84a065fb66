/**
 * JSON text that goes into a larger text as it is, so that the engine sees its numbers and duplicates: it must be one value
 * and nothing more, and what is wrong with it must be told with places in itself.
 */

import { EventBridgeError, errorFrom, InvalidEventError } from "./errors.js";
import { type JsonSource, textOf } from "./json.js";
import { checkEvent } from "./pattern.js";
import type { Position, Scenario } from "./types.js";

/** The text of an envelope. Whatever is wrong with it is told with its place. */
export function eventText(event: JsonSource): string {
  const text = textOf(event, "an event");
  if (typeof event !== "string") return text;
  const [first] = checkEvent(text);
  if (first !== undefined) throw new InvalidEventError({ name: "InvalidEventError", ...first, diagnostics: [first] });
  if (isOneValue(text)) return text;
  throw new InvalidEventError({
    name: "InvalidEventError",
    message: "event is not valid JSON: there is text behind it",
  });
}

/** The text of a scenario. */
export function scenarioText(scenario: Scenario | string): string {
  const text = textOf(scenario, "a scenario");
  if (typeof scenario !== "string" || isOneValue(text)) return text;
  const [wrong] = checkEvent(text);
  const [range, help] = [wrong?.range, wrong?.help];
  throw new EventBridgeError({
    name: "InvalidScenarioError",
    message: "scenario is not valid JSON",
    ...(range && { range }),
    ...(help && { help }),
  });
}

/** Runs with the text that stands before a spliced member. */
export function inSplice<T>(name: string, run: (before: string) => T): T {
  const before = `${JSON.stringify(name)}:`;
  try {
    return run(before);
  } catch (error) {
    throw error instanceof EventBridgeError ? movedBack(error, before.length + 1) : error;
  }
}

/** Whether a text is JSON, and nothing behind it. Its values are left to the engine. */
function isOneValue(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The same error about a text that began `by` characters into the text that was read. */
export function movedBack(error: EventBridgeError, by: number): EventBridgeError {
  if (error.range === undefined) return error;
  const { name, message, help, $metadata, diagnostics } = error;
  const moved = ({ offset, line, column }: Position): Position => ({
    offset: Math.max(0, offset - by),
    line,
    column: line === 1 ? Math.max(1, column - by) : column,
  });
  return errorFrom({
    name,
    message,
    status: $metadata.httpStatusCode,
    range: { start: moved(error.range.start), end: moved(error.range.end) },
    ...(help !== undefined && { help }),
    ...(diagnostics !== undefined && { diagnostics: [...diagnostics] }),
  });
}
