// `npm run setup`: all that a build needs. Only Node's own modules may be imported before `npm ci` has run.
import { pathToFileURL } from "node:url";
import { main, say } from "../lib/log.mjs";
import { checkNode, ensureNpmDependencies } from "./npm.mjs";
import { ensureRust } from "./rust.mjs";
import { ensureWasmTools } from "./wasm-tools.mjs";

/** Makes the machine able to build; gives the paths of the wasm tools. */
export async function setup() {
  checkNode();
  // First what may be missing altogether, so that nobody waits for what is in vain.
  await ensureRust();
  await ensureNpmDependencies();
  return await ensureWasmTools();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const tools = await setup();
    say(`ready: ${Object.values(tools).join(", ")}`);
  });
}
