/**
 * Every error this package throws on purpose.
 *
 * What the service refuses, the facade throws under the service's own name, so that a test may look at `name` as it would
 * with the AWS SDK. `help` says what to do and `range` where in the text it went wrong; both stay apart from `message`,
 * because `message` is the service's word for word.
 */

import type { Diagnostic, Range } from "./types.js";

/** An error as the engine writes it. */
export interface ErrorShape {
  name: string;
  message: string;
  help?: string;
  range?: Range;
  diagnostics?: Diagnostic[];
  status?: number;
}

/** An operation or a call that was refused. `name` is the service's: `ResourceNotFoundException`. */
export class EventBridgeError extends Error {
  override readonly name: string;
  readonly $fault: "client" | "server";
  readonly $metadata: { readonly httpStatusCode: number };
  declare readonly help?: string;
  declare readonly range?: Range;
  declare readonly diagnostics?: readonly Diagnostic[];

  constructor(shape: ErrorShape) {
    super(shape.message);
    const status = shape.status ?? 400;
    this.name = shape.name;
    this.$fault = status < 500 ? "client" : "server";
    this.$metadata = { httpStatusCode: status };
    if (shape.help !== undefined) this.help = shape.help;
    if (shape.range !== undefined) this.range = shape.range;
    if (shape.diagnostics !== undefined) this.diagnostics = shape.diagnostics;
  }
}

/** A text that is not an event pattern. */
export class InvalidEventPatternException extends EventBridgeError {}

/** A text that is not an event. */
export class InvalidEventError extends EventBridgeError {}

/** Something was called before `await init()`. In Node that cannot happen: the engine is ready at import. */
export class NotInitialisedError extends Error {
  override readonly name = "NotInitialisedError";

  constructor() {
    super("the engine is not there yet: call `await init()` once before anything else");
  }
}

/** The engine stopped in the middle of its work, or was freed. Nothing that it held can be trusted or used any more. */
export class EngineDeadError extends Error {
  override readonly name = "EngineDeadError";

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** The class that goes with the name the engine gave. */
export function errorFrom(shape: ErrorShape): EventBridgeError {
  switch (shape.name) {
    case "InvalidEventPatternException":
      return new InvalidEventPatternException(shape);
    case "InvalidEventError":
      return new InvalidEventError(shape);
    default:
      return new EventBridgeError(shape);
  }
}

/** Whether something that was thrown is an error as the engine writes it, and no JavaScript error. */
export function isErrorShape(thrown: unknown): thrown is ErrorShape {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    !(thrown instanceof Error) &&
    "name" in thrown &&
    typeof thrown.name === "string" &&
    "message" in thrown &&
    typeof thrown.message === "string"
  );
}
