// `npm start`: sets up, builds, serves the page and opens it.
import { spawn } from "node:child_process";
import { build } from "./build.mjs";
import { bold, main, say } from "./lib/log.mjs";
import { siteDir } from "./lib/paths.mjs";
import { SITE_HEADERS } from "./lib/policy.mjs";
import { serveFolder } from "./lib/static-server.mjs";
import { setup } from "./setup/setup.mjs";

const PORT = Number(process.env.PORT ?? 4173);
/** On any free port, unless one is given. */
const serve = (port = 0) => serveFolder(siteDir, { port, headers: SITE_HEADERS });
const OPENERS = { darwin: ["open"], win32: ["cmd", "/c", "start", ""], linux: ["xdg-open"] };

await main(async () => {
  await build(await setup());
  const { url } = await serve(PORT).catch(() => serve());
  say(`\n${bold("the page is at")} ${url}   (Ctrl+C ends it)`);
  if (process.stdout.isTTY && !process.env.CI) open(url);
});

/** A convenience: where there is no opener or no screen, the printed address must do. */
function open(url) {
  const [command, ...args] = OPENERS[process.platform] ?? OPENERS.linux;
  spawn(command, [...args, url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
