import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as engine from "#engine";
import { startInNode } from "../node.js";

export * from "../index.js";
export { init } from "../node-init.js";

startInNode(engine, readFileSync(join(__dirname, "engine_bg.wasm")));
