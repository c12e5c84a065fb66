import { readFileSync } from "node:fs";
import * as engine from "#engine";
import { startInNode } from "../node.js";

export * from "../index.js";
export { init } from "../node-init.js";

startInNode(engine, readFileSync(new URL("./engine_bg.wasm", import.meta.url)));
