// `npm run dev`: builds the package, then Vite serves the page and rebuilds it, and src/js, as they are edited.
// A change of the Rust sources needs `npm run build:package`; the page then reloads.

import { bundles } from "./build/javascript.mjs";
import { VITE } from "./build/site.mjs";
import { buildPackage } from "./build.mjs";
import { main } from "./lib/log.mjs";
import { inRoot } from "./lib/paths.mjs";
import { bin, run } from "./lib/run.mjs";
import { setup } from "./setup/setup.mjs";

await main(async () => {
  await buildPackage(await setup());
  const { context } = await import("esbuild");
  const watcher = await context(bundles().modules);
  await watcher.watch();
  await run(...bin("vite", "vite", inRoot("www"), ...VITE, ...process.argv.slice(2)));
});
