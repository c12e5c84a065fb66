/**
 * The service's operations as methods: `PutRule` is `putRule(input)`.
 *
 * Their names and shapes come from the service model (model.ts, generated); this file only says
 * how their inputs may be written. By name they can be asked for with `invoke`.
 */

import type { JsonSource, JsonTextMember } from "./json.js";
import { type Operations, operationNames } from "./model.js";

export type OperationName = keyof Operations & string;

/** An input as the model has it, where members that hold JSON as text may also be objects. */
export type Comfortable<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? Comfortable<Item>[]
    : T extends object
      ? { [Name in keyof T]: Name extends JsonTextMember ? T[Name] | object : Comfortable<T[Name]> }
      : T;

export type OperationInput<Name extends OperationName> = Comfortable<Operations[Name][0]>;
export type OperationOutput<Name extends OperationName> = Operations[Name][1];

/** In whose account and where a call is made; the simulator's own by default. */
export interface Caller {
  account?: string;
  region?: string;
  /** The `X-Amzn-Trace-Id` header of the call; the `TraceHeader` of an entry beats it. */
  traceHeader?: string;
}

export const callerMembers: readonly (keyof Caller)[] = ["account", "region", "traceHeader"];

/** `putRule(input)`, `putEvents(input)`, ... */
export type OperationMethods = {
  [Name in (typeof operationNames)[number] as Uncapitalize<Name>]: (
    ...args: Record<never, never> extends OperationInput<Name>
      ? [input?: OperationInput<Name>, caller?: Caller]
      : [input: OperationInput<Name>, caller?: Caller]
  ) => OperationOutput<Name>;
};

abstract class Calls {
  /** Any operation of the service, by its name. Throws what the service would. */
  abstract invoke(operation: string, input?: JsonSource, caller?: Caller): unknown;
}

for (const operation of operationNames) {
  Object.defineProperty(Calls.prototype, operation.charAt(0).toLowerCase() + operation.slice(1), {
    value(this: Calls, input?: JsonSource, caller?: Caller): unknown {
      return this.invoke(operation, input, caller);
    },
    configurable: true,
    writable: true,
  });
}

/** A class with a method for each operation; what extends it answers `invoke`. */
export const OperationCalls = Calls as abstract new () => Calls & OperationMethods;
