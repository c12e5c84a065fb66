#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as engine from "#engine";
import { main } from "../cli/main.js";
import { startInNode } from "../node.js";

const file = (name: string): URL => new URL(name, import.meta.url);

startInNode(engine, readFileSync(file("./engine_bg.wasm")));
void main(process.argv.slice(2), {
  worker: file("./cli-worker.js"),
  page: { folder: fileURLToPath(file("./page/")), engine: fileURLToPath(file("./engine_bg.wasm")) },
}).then((code) => {
  process.exitCode = code;
});
