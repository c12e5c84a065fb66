// `npm run build`: pkg/ and www/dist. `npm run build:package`: pkg/ alone.
import { pathToFileURL } from "node:url";
import { checkPackage, checkSite } from "./build/budgets.mjs";
import { buildEngine } from "./build/engine.mjs";
import { buildJavaScript } from "./build/javascript.mjs";
import { addPage, completePackage } from "./build/package.mjs";
import { buildSite } from "./build/site.mjs";
import { main, step } from "./lib/log.mjs";
import { setup } from "./setup/setup.mjs";

export async function buildPackage(tools) {
  await buildEngine(tools);
  await buildJavaScript();
  completePackage();
}

export async function build(tools) {
  await buildPackage(tools);
  await buildSite();
  addPage();
}

/** A product over its budget fails the build, but is there: `npm test` still runs the suites on it. */
export const checkSizes = () =>
  step("sizes", "", async () => {
    await checkPackage();
    checkSite();
  });

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const tools = await setup();
    if (process.argv.includes("--package")) return await buildPackage(tools);
    await build(tools);
    await checkSizes();
  });
}
