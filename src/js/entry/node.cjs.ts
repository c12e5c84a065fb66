import { readFileSync } from "node:fs";
import { join } from "node:path";
import { initSync } from "#engine";

export * from "../index.js";

initSync({ module: readFileSync(join(__dirname, "engine_bg.wasm")) });

/** Nothing is left to do in Node: the engine is ready at import. */
export async function init(): Promise<void> {}
