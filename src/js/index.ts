/** What every entry exports; the entries differ only in how the engine is loaded. */

export type { Disposer } from "./dispose.js";
export {
  EngineDeadError,
  EventBridgeError,
  InvalidEventError,
  InvalidEventPatternException,
  NotInitialisedError,
} from "./errors.js";
export type { JsonSource } from "./json.js";
export type { Operations } from "./model.js";
export { type CompiledPattern, checkEvent, checkPattern, compile, explain, matches, version } from "./pattern.js";
export type * from "./types.js";
