/** What every entry exports; the entries differ only in how the engine is loaded. */

export type { RawAnswer } from "./answer.js";
export type { Disposer } from "./dispose.js";
export {
  EngineDeadError,
  EventBridgeError,
  InvalidEventError,
  InvalidEventPatternException,
  NotInitialisedError,
} from "./errors.js";
export type { EventEntry, FriendlyEvent, HandlerAnswer } from "./friendly.js";
export type { Handler } from "./handlers.js";
export { renderInput } from "./input.js";
export type { InvocationContext } from "./invocation-context.js";
export type { JournalEntry } from "./journal.js";
export type { JsonSource } from "./json.js";
export type { Operations } from "./model.js";
export type { Caller, OperationInput, OperationName, OperationOutput } from "./operations.js";
export { type CompiledPattern, checkEvent, checkPattern, compile, explain, lint, matches, version } from "./pattern.js";
export { compare, inferPattern, sampleEvent, sampleEventText } from "./proof.js";
export { type LineMatches, RuleSet } from "./rule-set.js";
export type { EmitOptions, ExpectationResult, InvocationFilter, MetricFilter, Sent } from "./shapes.js";
export { Simulator } from "./simulator.js";
export type * from "./types.js";
export type { Snapshot } from "./world.js";
