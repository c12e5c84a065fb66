/**
 * Node: the engine can be called at import, and handlers are followed exactly.
 *
 * It is compiled by the first call, because an import should cost little even where nothing is called. Its bytes are read at
 * import: by the first call a test may have put something else in the place of `node:fs`.
 *
 * By AsyncLocalStorage a call belongs to the handler it came from, however many promises lie between, and unrelated code
 * that runs at the same time is not taken for the handler's.
 */

import { AsyncLocalStorage } from "node:async_hooks";

import type { HandlerContext } from "./context.js";
import { type EngineModule, install, installOnDemand } from "./engine.js";

/** Has the engine compiled from its bytes when it is called first. */
export function startInNode(
  engine: EngineModule & { initSync(source: { module: BufferSource }): unknown },
  bytes: BufferSource,
): void {
  installOnDemand(() => {
    engine.initSync({ module: bytes });
    install(engine, nodeContext);
  });
}

function nodeContext(): HandlerContext {
  const storage = new AsyncLocalStorage<string>();
  return {
    exact: true,
    run: (invocation, body) => storage.run(invocation, body),
    waitFor: () => undefined,
    current: () => storage.getStore(),
  };
}
