/**
 * Node: the engine is there at import, and handlers are followed exactly.
 *
 * By AsyncLocalStorage a call belongs to the handler it came from, however many promises lie between, and unrelated code
 * that runs at the same time is not taken for the handler's.
 */

import { AsyncLocalStorage } from "node:async_hooks";

import type { HandlerContext } from "./context.js";
import { type EngineModule, install } from "./engine.js";

/** Compiles the engine from its bytes, at once. */
export function startInNode(
  engine: EngineModule & { initSync(source: { module: BufferSource }): unknown },
  bytes: BufferSource,
): void {
  engine.initSync({ module: bytes });
  install(engine, nodeContext);
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
