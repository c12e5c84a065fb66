import * as engine from "#engine";
import { startOnce } from "../start.js";

export * from "../index.js";

/** Starts the engine from what `eventbridge-sim/engine.wasm` holds: bytes, a compiled module, a response or a URL. */
export const init: (source: engine.InitInput | Promise<engine.InitInput>) => Promise<void> = startOnce(
  engine,
  (source) => engine.default({ module_or_path: source }),
);
