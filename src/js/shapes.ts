/** What the methods of a simulator take and give, beside the shapes that the engine writes. */

import type { Caller } from "./operations.js";
import type { Invocation, Outcome, TraceNode } from "./types.js";

/** What became of an event that was sent. */
export interface Sent {
  eventId: string;
  /** Every delivery that the event led to, its followers' included, in order. */
  invocations: Invocation[];
  /** The event and all that followed from it. */
  trace: TraceNode;
}

/** Which invocations to list; every given member must hold. */
export interface InvocationFilter {
  /** ARN or name. */
  rule?: string;
  /** ARN or name. */
  bus?: string;
  /** A glob of ARNs. */
  target?: string;
  targetId?: string;
  eventId?: string;
  outcome?: Outcome;
  errorCode?: string;
  /** An event pattern on the event. */
  event?: object;
}

/** Which metrics to list: `metric`, `bus` and `rule` are names. Every given member must fit. */
export interface MetricFilter {
  metric?: string;
  bus?: string;
  rule?: string;
  account?: string;
  region?: string;
}

/** Where an event that a service emits comes in. */
export interface EmitOptions extends Caller {
  bus?: string;
}

/** What a scenario's `expect` came to. */
export interface ExpectationResult {
  passed: string[];
  failed: string[];
}
