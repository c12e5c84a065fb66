/** What the engine answers: a status and a body, as text or as the error that it is; a trace as a list of deliveries. */

import { EventBridgeError, errorFrom } from "./errors.js";
import type { PutEventsResultEntry } from "./model.js";
import type { Sent } from "./shapes.js";
import type { Invocation, TraceNode } from "./types.js";

/** The answer to `request`. */
export interface RawAnswer {
  status: number;
  /** JSON text. */
  body: string;
}

/** With its body read. */
export interface Answer {
  status: number;
  body: { [name: string]: unknown };
}

/** The engine writes `{"status":200,"body":...}`. The body is cut out as it is, because parsing would respell its numbers. */
export function rawAnswer(text: string): RawAnswer {
  const begin = text.indexOf(",");
  return { status: Number(text.slice('{"status":'.length, begin)), body: text.slice(begin + ',"body":'.length, -1) };
}

export function refusal({ status, body }: Answer): EventBridgeError {
  const { __type, message, ...rest } = body;
  const name = String(__type ?? "InternalException");
  // Some of the service's errors have no words at all; an Error without a message helps nobody.
  const words = String(message || rest.help || name);
  return errorFrom({ ...rest, name: name.slice(name.lastIndexOf("#") + 1), message: words, status });
}

/** The deliveries that an event led to, its followers' included. */
export function invocationsOf({ event, rules }: TraceNode): Invocation[] {
  return rules.flatMap(({ rule, invocations }) =>
    invocations.flatMap(({ emitted, skippedEffects, loop, ...rest }) => [
      { ...rest, rule, event },
      ...emitted.flatMap(invocationsOf),
    ]),
  );
}

/** The id of the event that an entry of PutEvents became. Throws why it became none. */
export function acceptedId(entry: PutEventsResultEntry | undefined): string {
  if (entry?.EventId !== undefined) return entry.EventId;
  const message = entry?.ErrorMessage ?? "the event was not accepted";
  throw new EventBridgeError({ name: entry?.ErrorCode ?? "InternalException", message });
}

/** What became of an event that was sent. */
export function sentOf(eventId: string, [trace]: TraceNode[]): Sent {
  if (trace === undefined)
    throw new EventBridgeError({ name: "InternalException", message: `no trace of event \`${eventId}\`` });
  return { eventId, invocations: invocationsOf(trace), trace };
}
