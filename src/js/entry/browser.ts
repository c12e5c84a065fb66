import * as engine from "#engine";
import { startOnce } from "../start.js";

export * from "../index.js";

/** Fetches and compiles the engine, once; later calls wait for the first. A load that failed may be tried again. */
export const init: (source?: engine.InitInput | Promise<engine.InitInput>) => Promise<void> = startOnce(
  engine,
  (source) => engine.default({ module_or_path: source ?? new URL("./engine_bg.wasm", import.meta.url) }),
);
