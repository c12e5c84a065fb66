/**
 * The second argument of a handler: the simulator as seen from its invocation.
 *
 * Whatever is called through it is a child of that invocation, in every environment, before and after any promise, even after
 * the handler has answered. Calls on the simulator itself are followed too, but in browsers only by a rule of thumb (see
 * context.ts). It has the shape that `./sdk` asks for, so `requestHandler(context)` makes an SDK client of the invocation.
 */

import type { RawAnswer } from "./answer.js";
import type { FriendlyEvent } from "./friendly.js";
import type { JsonSource } from "./json.js";
import type { Caller } from "./operations.js";
import type { EmitOptions, Sent } from "./shapes.js";
import type { Simulator } from "./simulator.js";

/** The calls that a simulator takes, as children of one invocation. */
export interface InvocationContext {
  /** As `simulator.send`. */
  send(event: FriendlyEvent & Caller): Sent;
  /** As `simulator.emit`. */
  emit(event: JsonSource, options?: EmitOptions): string;
  /** As `simulator.invoke`. */
  readonly invoke: Simulator["invoke"];
  /** As `simulator.request`: for `requestHandler(context)`. */
  request(operation: string, body: string, caller?: Caller): RawAnswer;
  readonly invocation: string;
}

/** Makes a call as a child of the invocation. */
export type OnBehalf = <T>(call: () => T) => T;

/** The context of an invocation; `onBehalf` makes a call as its child. */
export function invocationContext(simulator: Simulator, invocation: string, onBehalf: OnBehalf): InvocationContext {
  return {
    invocation,
    send: (event) => onBehalf(() => simulator.send(event)),
    emit: (event, options) => onBehalf(() => simulator.emit(event, options)),
    invoke: (operation: string, input?: JsonSource, caller?: Caller) =>
      onBehalf(() => simulator.invoke(operation, input, caller)),
    request: (operation, body, caller) => onBehalf(() => simulator.request(operation, body, caller)),
  };
}
