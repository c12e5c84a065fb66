/** What the engine answers: a status and a body, as text or as the error that it is; a trace as a list of deliveries. */

import { type EventBridgeError, errorFrom } from "./errors.js";
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
