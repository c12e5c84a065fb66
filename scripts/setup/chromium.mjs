// A Chromium for the browser tests: the one of `CHROMIUM`, one found on the machine, Debian's where we are root,
// Playwright's own download, or an error. Tests that need it are never left out in silence.
import { existsSync } from "node:fs";
import { Failure, say, step } from "../lib/log.mjs";
import { bin, capture, isExecutable, onPath, run } from "../lib/run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** @returns {Promise<string>} the path of a Chromium that runs. */
export async function ensureChromium() {
  const found = (await findChromium()) ?? (await fromApt()) ?? (await fromPlaywright());
  if (found) return found;
  throw new Failure(
    "no Chromium for the browser tests",
    "install Chromium or Chrome, or name one with the environment variable CHROMIUM",
  );
}

/** @returns {Promise<string | undefined>} */
export async function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (await runs(named)) return named;
    throw new Failure(`CHROMIUM names \`${named}\`, which does not run`);
  }
  for (const file of [...NAMES.flatMap(onPath), ...PLACES.filter(existsSync), ...(await playwrightsOwn())]) {
    if (await runs(file)) return file;
  }
  return undefined;
}

// On Windows `chrome --version` opens a window, so there existing must do. Ubuntu's `chromium-browser` may be a
// script that only says to install a snap: hence the look at what it prints.
async function runs(file) {
  if (!isExecutable(file)) return false;
  if (process.platform === "win32") return true;
  const { code, stdout } = await capture(file, ["--version"], { timeout: 30_000 });
  return code === 0 && /Chrom/.test(stdout);
}

async function playwrightsOwn() {
  const { chromium } = await import("playwright-core");
  const file = chromium.executablePath();
  return file && existsSync(file) ? [file] : [];
}

async function fromApt() {
  if (process.getuid?.() !== 0 || onPath("apt-get").length === 0) return undefined;
  return attempt("installing Chromium with apt-get", "1 to 2 minutes", async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"], { env });
  });
}

const fromPlaywright = () =>
  attempt("downloading Playwright's Chromium", "1 to 2 minutes", () =>
    run(...bin("playwright-core", "playwright-core", "install", "chromium")),
  );

async function attempt(title, about, install) {
  return await step(title, about, async () => {
    try {
      await install();
    } catch (error) {
      say(`    ${error.message}`);
    }
    return await findChromium();
  });
}
