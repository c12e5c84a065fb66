// `npm run build`: pkg/ and www/dist. `npm run build:package`: pkg/ alone.
import { pathToFileURL } from "node:url";
import { checkPackage, checkSite } from "./build/budgets.mjs";
import { buildEngine } from "./build/engine.mjs";
import { buildJavaScript } from "./build/javascript.mjs";
import { completePackage } from "./build/package.mjs";
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
  await step("sizes of the package", "", checkPackage);
  await buildSite();
  await step("size of the page", "", checkSite);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wanted = process.argv.includes("--package") ? buildPackage : build;
  await main(async () => wanted(await setup()));
}
