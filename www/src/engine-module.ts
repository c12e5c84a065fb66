/**
 * The engine's code: fetched and compiled once, for the page and for its workers.
 *
 * They share what the browser makes of it: it compiles a function when it is first called, and compiles it well when it is
 * called often, and whatever one of them calls often is fast for all.
 */
import url from "eventbridge-sim/engine.wasm?url";

let compiled: Promise<WebAssembly.Module> | undefined;

export function engineModule(): Promise<WebAssembly.Module> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the engine could not be fetched: ${response.status} ${response.statusText}`);
  // Browsers refuse to compile while it arrives what the server does not call by its name.
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
