/** Loading the engine where it cannot be there at import: once, and again only if that failed. */

import { type EngineModule, install } from "./engine.js";

/** An `init` that loads by `load`. Whoever calls it while it runs, or afterwards, waits for the same load. */
export function startOnce<Source extends unknown[]>(
  module: EngineModule,
  load: (...source: Source) => Promise<unknown>,
): (...source: Source) => Promise<void> {
  let started: Promise<void> | undefined;
  return (...source) => {
    started ??= load(...source).then(
      () => install(module),
      (error: unknown) => {
        started = undefined;
        throw error;
      },
    );
    return started;
  };
}
