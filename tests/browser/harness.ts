/**
 * The built page in a real Chromium: import `test` and `expect` from here.
 *
 * `page` stands on the page already, served from a random sub-path by a plain file server. A console error, an
 * uncaught error, a failed request or a request to another host fails the test; a test that means to provoke one empties
 * `problems`. A screenshot of the last state lands in target/screenshots/.
 */
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { test as base, expect } from "vitest";
import { SITE_HEADERS } from "../../scripts/lib/policy.mjs";
import { serveFolder } from "../../scripts/lib/static-server.mjs";
import { ensureChromium } from "../../scripts/setup/chromium.mjs";

const SITE = fileURLToPath(new URL("../../www/dist", import.meta.url));
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

// As root a sandbox cannot be set up; without the others Chromium calls home, which a closed network refuses noisily.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

interface Fixtures {
  /** What went wrong in the page so far; what is left at the end fails the test. */
  problems: string[];
  page: Page;
}

interface WorkerFixtures {
  site: { url: string };
  browser: Browser;
}

export const test = base.extend<Fixtures & WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of a fixture's dependencies from its pattern
    async ({}, use) => {
      const server = await serveFolder(SITE, {
        prefix: `/${randomBytes(4).toString("hex")}/sim/`,
        headers: SITE_HEADERS,
      });
      await use({ url: server.url });
      await server.close();
    },
    { scope: "worker" },
  ],
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  problems: async ({}, use) => {
    await use([]);
  },
  page: async ({ site, browser, problems, task }, use) => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    watch(page, site.url, problems);
    await page.goto(site.url);
    await stands(page);
    await use(page);
    await page.screenshot({ path: `${SCREENSHOTS}${task.name.replace(/[^\w]+/g, "-").slice(0, 80)}.png` });
    await context.close();
    expect(problems, "problems in the page").toEqual([]);
  },
});

export { expect };

/** The page is there at once; editors and drawing come a moment later. */
export async function stands(page: Page): Promise<void> {
  await page.locator("ebs-event .cm-content").first().waitFor();
  await page.locator("svg.graph").first().waitFor();
}

/** Collects what goes wrong in a page whose own files all lie under `site`. */
export function watch(page: Page, site: string, problems: string[]): void {
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    // Going to another page ends what still loads for the one before.
    if (request.failure()?.errorText === "net::ERR_ABORTED") return;
    problems.push(`request failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(site)) problems.push(`a request that leaves the page: ${url}`);
  });
}
