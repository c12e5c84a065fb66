/** Loading the engine where it cannot be there at import: once, and again only if that failed. */

import { type EngineModule, install } from "./engine.js";

/** Loads under way and done. All entries share them: a second load would pull the memory away under the first. */
const loads = new WeakMap<EngineModule, Promise<void>>();

/** An `init` that loads by `load`. Whoever calls it while it runs, or afterwards, waits for the same load. */
export function startOnce<Source extends unknown[]>(
  module: EngineModule,
  load: (...source: Source) => Promise<unknown>,
): (...source: Source) => Promise<void> {
  return (...source) => {
    const before = loads.get(module);
    if (before) return before;
    const started = load(...source).then(
      () => install(module),
      (error: unknown) => {
        loads.delete(module);
        throw error;
      },
    );
    loads.set(module, started);
    return started;
  };
}
