import { readFileSync } from "node:fs";
import { initSync } from "#engine";

export * from "../index.js";

initSync({ module: readFileSync(new URL("./engine_bg.wasm", import.meta.url)) });

/** Nothing is left to do in Node: the engine is ready at import. */
export async function init(): Promise<void> {}
