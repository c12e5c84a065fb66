/** Share: links, what the browser keeps, files, tests, pictures. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { editor, openExample, paste, result, rule, type } from "./at-the-page.js";
import { SCENARIO } from "./bringing.js";
import { expect, stands, test } from "./harness.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const notice = (page: Page) => page.getByRole("status", { name: "Notice" });

async function menu(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: item, exact: true }).click();
}

async function download(page: Page, item: string): Promise<{ name: string; path: string }> {
  const waiting = page.waitForEvent("download");
  await menu(page, item);
  const file = await waiting;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** All that a reader can see of the state. */
async function shown(page: Page): Promise<string[]> {
  await result(page).getByRole("list", { name: "Trace" }).waitFor();
  await page.locator("ebs-analysis:not([aria-busy])").waitFor();
  const texts = page.locator(".cm-content, .badge, .node title, ebs-trace li, [aria-label='Name of the rule']");
  return texts.evaluateAll((all) =>
    all.map((it) => (it instanceof HTMLInputElement ? it.value : (it.textContent ?? "").trim())),
  );
}

/** A page of somebody else. */
async function fresh(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await stands(page);
  return page;
}

const link = (text: string | Buffer): string => `#v1.${deflateRawSync(text).toString("base64url")}`;

test("a link opens the same state in a fresh profile", async ({ page, browser, site }) => {
  await openExample(page, "cross-account");
  await page.getByRole("button", { name: /^2:/ }).click();
  await paste(page, "Effects: what targets do", '[{ "target": "*", "preset": "s3-put-object" }  ]');
  await menu(page, "Copy link");
  await notice(page)
    .getByText(/The link is/)
    .waitFor();
  const url = page.url();
  expect(url).toMatch(/#v1\.[\w-]+$/);

  const other = await fresh(browser, url);
  await notice(other).getByText("Opened from a link.").waitFor();
  await expect.poll(() => shown(other)).toEqual(await shown(page));
  expect(await other.getByRole("button", { name: /^2:/ }).getAttribute("aria-pressed")).toBe("true");
  // The address holds the link as long as the page shows it, and undo leads to what was there before.
  await type(other, "Event", '{"source": "x", "detail-type": "y", "detail": {}}');
  await expect.poll(() => other.url()).toBe(site.url);
  await other.context().close();
});

test("a text that is broken is the same in a link", async ({ page, browser }) => {
  await openExample(page, "");
  await paste(page, "Event pattern of rule my-rule", '{"n": [1.0,  ');
  await rule(page, "my-rule").getByText("not valid", { exact: true }).waitFor();
  await menu(page, "Copy link");
  await notice(page)
    .getByText(/The link is/)
    .waitFor();
  const other = await fresh(browser, page.url());
  await rule(other, "my-rule").getByText("not valid", { exact: true }).waitFor();
  await expect.poll(() => editor(other, "Event pattern of rule my-rule").innerText()).toBe('{"n": [1.0,  ');
  await other.context().close();
});

test("the last valid version that stands in for a broken text is in a link, and kept for the next visit", async ({
  page,
  browser,
}) => {
  await openExample(page, "");
  await type(page, "Event pattern of rule my-rule", '{"source": ["other.app"]}');
  await rule(page, "my-rule").getByText("no match", { exact: true }).waitFor();
  await paste(page, "Event pattern of rule my-rule", '{"source": [');
  await page.getByText(/last valid version of the pattern of my-rule/).waitFor();
  await menu(page, "Copy link");
  await notice(page)
    .getByText(/The link is/)
    .waitFor();
  const other = await fresh(browser, page.url());
  const same = async (it: Page): Promise<void> => {
    await it.getByText(/last valid version of the pattern of my-rule/).waitFor();
    expect(await it.locator('.node[data-kind="rule"]').getAttribute("data-state")).toBe("no-match");
  };
  await same(other);
  await other.context().close();
  await page.waitForTimeout(600);
  await page.goto(page.url().replace(/#.*/, ""));
  await same(page);
});

test("a link that says that nonsense was valid is opened, and only what is JSON is used", async ({ page, site }) => {
  const draft = {
    ...EMPTY,
    rules: [{ name: "r", pattern: "{", goodPattern: '{"nope": 1}', targets: "[", goodTargets: "{" }],
    events: [{ text: "{", good: '{"source": "x", "detail-type": "y", "detail": {}}' }],
    effects: "[",
    goodEffects: '],"calls":[',
  };
  await page.goto(`${site.url}?held${link(page1(draft))}`);
  await page.getByText(/last valid version of the event/).waitFor();
  await rule(page, "r").getByText("not valid", { exact: true }).waitFor();
});

test("a plain scenario makes a link too, and undo leads back", async ({ page, browser, site }) => {
  const other = await fresh(browser, site.url + link(JSON.stringify(SCENARIO)));
  await rule(other, "paid").getByText("matches", { exact: true }).waitFor();
  await notice(other).getByRole("button", { name: "Undo" }).click();
  await rule(other, "fix-bucket-acl").waitFor();
  await other.context().close();
  // A link that is opened in a page that stands is opened there.
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    link(JSON.stringify(SCENARIO)),
  );
  await rule(page, "paid").waitFor();
});

const page1 = (draft: object, more: object = {}): string => JSON.stringify({ page: 1, draft, ...more });
const EMPTY = { buses: [], policies: [], rules: [], events: [], calls: [], handlers: [] };

const HOSTILE: [string, string, RegExp][] = [
  ["nothing in it", "#v1.", /damaged or incomplete/],
  ["signs that no link has", "#v1.<script>alert(1)</script>", /damaged or incomplete/],
  ["random bytes", "#v1.AAAABBBBCCCC", /damaged or incomplete/],
  ["cut off", link(JSON.stringify(SCENARIO)).slice(0, -9), /damaged or incomplete/],
  ["no UTF-8", link(Buffer.from([0x22, 0xff, 0xfe, 0x22])), /damaged or incomplete/],
  ["a newer version", "#v2.abc", /newer version/],
  ["longer than any", `#v1.${"A".repeat(70_000)}`, /longer than any/],
  ["a bomb", link(Buffer.alloc(20_000_000, " ")), /more than a megabyte/],
  ["no JSON", link("alert(1)"), /no form that this page knows/],
  ["another page's JSON", link('{"page": 99, "draft": {}}'), /no form that this page knows/],
  ["lists that are none", link(page1({ ...EMPTY, rules: { length: 9 } })), /a list is missing/],
  ["too many rules", link(page1({ ...EMPTY, rules: Array.from({ length: 2000 }, () => ({})) })), /longer than 1000/],
  ["calls that are none", link(page1({ ...EMPTY, calls: [null] })), /not of the right shape/],
  ["a scenario that is none", link('{"version": 1, "calls": [{"operation": {}}]}'), /holds a scenario, but its/],
];

test.for(HOSTILE)("a link with %s is told, and the page works", async ([, hash, words], { browser, site }) => {
  const other = await fresh(browser, site.url + hash);
  const problems: string[] = [];
  other.on("pageerror", (error) => problems.push(error.message));
  await notice(other).getByText(words).waitFor();
  await result(other).getByText("Loop, proven").waitFor();
  expect(problems).toEqual([]);
  await other.context().close();
});

test("what a link says of itself stays text and data", async ({ browser, site }) => {
  const markup = '<img src=x onerror="globalThis.pwned = 1">';
  const draft = {
    ...EMPTY,
    title: markup,
    description: markup,
    options: { account: markup, seed: "x", __proto__: 1, extra: 1 },
    buses: [{ name: markup, extra: { [markup]: markup } }],
    rules: [{ name: markup, bus: 7, pattern: { a: 1 }, targets: markup, extra: { toString: 1 } }, null, 5],
    events: [
      { kind: "other", text: `{"source": ${JSON.stringify(markup)}, "detail-type": "x", "detail": {}}`, from: 3 },
    ],
    effects: ["x"],
  };
  const text = page1(draft, { cursor: { event: 99, rule: -5, bus: {}, example: 1, together: "yes" } });
  // No world can be made of it, so there is no graph to wait for.
  const other = await (await browser.newContext()).newPage();
  await other.goto(site.url + link(text.replace('"seed"', '"__proto__":{"polluted":1},"seed"')));
  await other.locator("ebs-event .cm-content").first().waitFor();
  await notice(other).getByText("Opened from a link.").waitFor();
  await other.getByText(markup).first().waitFor();
  expect(await other.evaluate(() => ["pwned" in globalThis, "polluted" in {}])).toEqual([false, false]);
  expect(await other.locator("img:not(.cm-widgetBuffer), ebs-app script").count()).toBe(0);
  await other.context().close();
});

test("the browser keeps the work for the next visit, and a kept text that is damaged is passed over", async ({
  page,
}) => {
  await openExample(page, "");
  await type(page, "Event pattern of rule my-rule", '{"source": ["kept"]}');
  await rule(page, "my-rule").getByText("no match", { exact: true }).waitFor();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("eventbridge-sim:work:v1"))).toContain("kept");
  await page.reload();
  await stands(page);
  await notice(page).getByText("Here is what you had last time.").waitFor();
  await expect.poll(() => editor(page, "Event pattern of rule my-rule").innerText()).toContain("kept");
  for (const damaged of ["{", "null", '{"page": 1, "draft": 3}', "x".repeat(2_000_000)]) {
    await page.evaluate((text) => {
      // The page writes once more when it is left.
      window.addEventListener("pagehide", () => localStorage.setItem("eventbridge-sim:work:v1", text));
    }, damaged);
    await page.reload();
    await stands(page);
    await rule(page, "fix-bucket-acl").waitFor();
  }
});

test("a browser that keeps nothing is told once, and all else works", async ({ page }) => {
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await openExample(page, "");
  await notice(page)
    .getByText(/cannot keep this scenario/)
    .waitFor();
  await type(page, "Event pattern of rule my-rule", '{"source": ["x"]}');
  await rule(page, "my-rule").getByText("no match", { exact: true }).waitFor();
  await page.waitForTimeout(600);
  expect(
    await notice(page)
      .getByText(/cannot keep/)
      .count(),
  ).toBe(0);
});

test("the scenario file opens again as it was", async ({ page }) => {
  await openExample(page, "one-statement");
  const before = await shown(page);
  const file = await download(page, "Scenario file (JSON)");
  expect(file.name).toBe("another-account-sends-once-allowed-once-not.json");
  const scenario = JSON.parse(readFileSync(file.path, "utf8")) as { steps: unknown[]; calls: { operation: string }[] };
  expect(scenario.steps).toHaveLength(2);
  expect(scenario.calls.map(({ operation }) => operation)).toEqual([
    "CreateEventBus",
    "PutPermission",
    "PutRule",
    "PutTargets",
  ]);
  await openExample(page, "");
  await page.getByRole("button", { name: "Paste anything" }).click();
  await page.getByLabel("What you have").fill(readFileSync(file.path, "utf8"));
  await page.getByRole("button", { name: "Put it where it belongs" }).click();
  await notice(page).getByText("A scenario: opened.").waitFor();
  expect(await shown(page)).toEqual(before);
});

test.for([
  ["orders", "Test for node:test"],
  ["s3-acl-loop", "Test for node:test"],
  ["cross-account", "Test for node:test"],
  ["handler-stops", "Test for node:test"],
  ["fan-out", "Test for node:test"],
  ["orders", "Test for Vitest"],
] as const)("of %s, %s really runs", async ([example, item], { page }) => {
  await openExample(page, example);
  await result(page).getByRole("list", { name: "Trace" }).waitFor();
  const file = await download(page, item);
  const folder = mkdtempSync(join(tmpdir(), "eventbridge-sim-export-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "pkg"), join(folder, "node_modules/eventbridge-sim"));
  if (item.includes("Vitest")) symlinkSync(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  const text = readFileSync(file.path, "utf8");
  writeFileSync(join(folder, file.name), text);
  const command = item.includes("Vitest")
    ? [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder]
    : ["--test", file.name];
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, VITEST: undefined, NODE_OPTIONS: undefined };
  const said = execFileSync(process.execPath, command, { cwd: folder, encoding: "utf8", env });
  expect(said).toMatch(/pass 1|1 passed/);
  // It does test something: another outcome fails.
  writeFileSync(join(folder, file.name), text.replace(/("delivered"|length, )/, "$1 + 1"));
  if (text.includes('"delivered"'))
    expect(() => execFileSync(process.execPath, command, { cwd: folder, env, stdio: "pipe" })).toThrow();
  rmSync(folder, { recursive: true });
});

test("the graph is a picture that stands alone, as SVG and as PNG", async ({ page, browser }) => {
  await result(page).getByText("Loop, proven").waitFor();
  const svg = await download(page, "Save as SVG");
  const text = readFileSync(svg.path, "utf8");
  expect(svg.name).toBe("s3-acl-loop.svg");
  expect(text).toContain("fix-bucket-acl");
  expect(text).not.toMatch(/<script|class=|style=|var\(|light-dark|https?:(?!\/\/www\.w3\.org)/);
  const alone = await browser.newPage();
  await alone.setContent(text);
  expect(await alone.locator("svg text").count()).toBeGreaterThan(5);
  expect(
    await alone
      .locator("svg path[marker-end]")
      .first()
      .evaluate((it) => getComputedStyle(it).stroke),
  ).not.toBe("none");
  // Nothing that is drawn over a box hides its name.
  const hidden = alone
    .locator("svg rect")
    .evaluateAll((all) =>
      all.some((rect) => rect.previousElementSibling?.localName === "text" && getComputedStyle(rect).fill !== "none"),
    );
  expect(await hidden).toBe(false);
  await alone.close();

  const png = await download(page, "Save as PNG");
  const bytes = readFileSync(png.path);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(800);
});

test("printed, the page has its content and none of its controls", async ({ page }) => {
  await result(page).getByText("Loop, proven").waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("button", { name: "Paste anything" }).isVisible()).toBe(false);
  expect(await page.getByRole("heading", { name: "EventBridge simulator" }).isVisible()).toBe(true);
  expect(await result(page).getByText("Loop, proven").isVisible()).toBe(true);
  expect(await page.pdf().then((pdf) => pdf.length)).toBeGreaterThan(20_000);
});
