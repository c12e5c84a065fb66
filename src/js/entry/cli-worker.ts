import { readFileSync } from "node:fs";
import * as engine from "#engine";
import { work } from "../cli/worker.js";
import { startInNode } from "../node.js";

startInNode(engine, readFileSync(new URL("./engine_bg.wasm", import.meta.url)));
work();
