import { initSync, type SyncInitInput } from "#engine";

export * from "../index.js";

/** Starts the engine from the bytes, or the compiled module, of `eventbridge-sim/engine.wasm`. */
export async function init(source: SyncInitInput): Promise<void> {
  initSync({ module: source });
}
