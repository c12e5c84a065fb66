import load from "#engine";

export * from "../index.js";

let ready: Promise<unknown> | undefined;

/** Fetches and compiles the engine, once; later calls wait for the first. */
export async function init(): Promise<void> {
  ready ??= load({ module_or_path: new URL("./engine_bg.wasm", import.meta.url) });
  await ready;
}
