/** `<eventbridge-sim>` in a plain HTML page: the example that is built beside the reference, and pages made here. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { serveFolder } from "../../scripts/lib/static-server.mjs";
import { expect, test, watch } from "./harness.js";

const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));
/** As strict as a page can be that runs the element. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:";

const MATCH = {
  pattern: { detail: { state: ["Stopped"] } },
  event: { source: "x", "detail-type": "y", detail: { state: "stopped" } },
};

interface Opened {
  page: Page;
  /** The files that were asked for. */
  asked: string[];
  problems: string[];
  done(): Promise<void>;
}

/** Opens a page with this body, served with the package beside it, and files by name. */
async function open(browser: Browser, body: string, files: Record<string, string> = {}): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "ebsim-element-"));
  cpSync(PKG, join(folder, "pkg"), { recursive: true });
  const head = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><link rel="icon" href="data:,">`;
  const script = '<script type="module" src="./pkg/element.js"></script>';
  const html = `<!doctype html><html lang="en"><head><title>x</title>${head}${script}</head><body>${body}</body></html>`;
  for (const [name, text] of Object.entries({ "index.html": html, ...files })) writeFileSync(join(folder, name), text);
  const server = await serveFolder(folder);
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  const asked: string[] = [];
  const problems: string[] = [];
  page.on("request", (request) => asked.push(request.url().slice(server.url.length)));
  watch(page, server.url, problems);
  await page.goto(server.url);
  const done = async (): Promise<void> => {
    await page.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
    expect(problems, "problems in the page").toEqual([]);
  };
  return { page, asked, problems, done };
}

function embed(attributes: string, content: unknown): string {
  const text = (typeof content === "string" ? content : JSON.stringify(content)).replaceAll("</", "<\\/");
  return `<eventbridge-sim ${attributes}><script type="application/json">${text}</script></eventbridge-sim>`;
}

const element = (page: Page, at = 0): Locator => page.locator("eventbridge-sim").nth(at);

test("the example page shows a match, a route and a loop, and one engine serves all three", async ({ page, site }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${site.url}embed.html`);
  await element(page, 0).getByText("no match").waitFor();
  await element(page, 0).getByText("only the case differs").waitFor();
  expect((await element(page, 0).locator("mark").allInnerTexts()).join("")).toBe('["Stopped"]"stopped"');

  await element(page, 1).scrollIntoViewIfNeeded();
  const way = element(page, 1).getByRole("list", { name: "The event's way" });
  await way.getByText("big-orders").waitFor();
  expect(await way.innerText()).toMatch(/lambda\s+archive\s+✓ delivered/);
  await way.getByText("what it receives").nth(1).click();
  expect(await way.locator("pre").nth(1).innerText()).toContain('"total": 120.50');

  await element(page, 2).scrollIntoViewIfNeeded();
  await element(page, 2).getByText("Loop, proven").waitFor();
  const round = element(page, 2).getByRole("list", { name: /The cycle/ });
  expect(await round.getByRole("listitem").allInnerTexts()).toEqual([
    "rule acl-changed",
    "lambda set-private-acl",
    "emits AWS API Call via CloudTrail",
  ]);
  expect(asked.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
});

test("what is edited is answered, by mouse and by keyboard", async ({ page, site }) => {
  await page.goto(`${site.url}embed.html`);
  await element(page).getByText("no match").waitFor();
  const pattern = element(page).getByRole("textbox", { name: "Event pattern" });
  await pattern.fill('{"detail": {"state": ["stopped"]}}');
  await element(page).getByText("matches", { exact: true }).waitFor();
  expect(await element(page).locator("mark").count()).toBe(0);
  await pattern.fill('{"detail": {"state": "stopped"}}');
  await element(page).getByText("not valid", { exact: true }).waitFor();
  await element(page)
    .getByText(/line 1, column \d+/)
    .waitFor();
  await pattern.focus();
  await page.keyboard.press("Tab");
  expect(await pattern.evaluate((area) => area.matches(":focus"))).toBe(false);
});

test("nothing but the entry is loaded before an element is seen", async ({ browser }) => {
  const { page, asked, done } = await open(
    browser,
    `<div class="far">far</div><script src="./far.js"></script>${embed("", MATCH)}`,
    {
      "far.js": "document.querySelector('.far').style.height = '4000px';",
    },
  );
  await page.waitForTimeout(300);
  expect(asked.filter((name) => /show|wasm/.test(name))).toEqual([]);
  await element(page).scrollIntoViewIfNeeded();
  await element(page).getByText("no match").waitFor();
  expect(asked.filter((name) => name.endsWith(".wasm"))).toEqual(["pkg/engine_bg.wasm"]);
  await done();
});

test("content comes from a file too, and a scenario shows in every view", async ({ browser }) => {
  const scenario = {
    version: 1,
    calls: [
      { operation: "PutRule", input: { Name: "again", EventPattern: '{"source": ["a"]}' } },
      {
        operation: "PutTargets",
        input: { Rule: "again", Targets: [{ Id: "t", Arn: "arn:aws:lambda:us-east-1:123456789012:function:f" }] },
      },
    ],
    effects: [{ target: "*", emits: [{ Source: "a", DetailType: "x", Detail: {} }] }],
    events: [{ Source: "a", DetailType: "x", Detail: {} }],
  };
  const views = ["match", "route", "loop"].map(
    (view) => `<eventbridge-sim view="${view}" src="./s.json"></eventbridge-sim>`,
  );
  const { page, done } = await open(browser, views.join(""), { "s.json": JSON.stringify(scenario) });
  await element(page, 0).getByText("matches", { exact: true }).waitFor();
  await element(page, 1).getByText("loop stopped").waitFor();
  await element(page, 2).getByText("Loop, proven").waitFor();
  await done();
});

test("numbers reach the engine as they are spelled", async ({ browser }) => {
  const text =
    '{"rules": {"r": {"pattern": {"source": ["s"]}, "targets": ["arn:aws:sqs:us-east-1:123456789012:q"]}}, "event": {"source": "s", "detail-type": "x", "detail": {"n": 1.50, "big": 12345678901234567890}}}';
  const { page, done } = await open(browser, embed('view="route"', text));
  await element(page).getByText("what it receives").click();
  expect(await element(page).locator(".tree pre").innerText()).toMatch(/"n":\s*1\.50,\s*"big":\s*12345678901234567890/);
  await done();
});

const wrong: [string, string, RegExp][] = [
  ["no content", "<eventbridge-sim></eventbridge-sim>", /put the content into a child/],
  ["broken JSON", embed("", '{"pattern": {]'), /not valid JSON at line 1, column 14/],
  ["content of another shape", embed("", { patern: {}, event: {} }), /must be an object with `?pattern/],
  ["an unknown member", embed("", { ...MATCH, target: 1 }), /no member target/],
  ["an unknown view", embed('view="rout"', MATCH), /must be match, route or loop, not rout/],
  [
    "a file that is not there",
    '<eventbridge-sim src="./none.json"></eventbridge-sim>',
    /none\.json could not be fetched: 404/,
  ],
  [
    "a file of another site",
    '<eventbridge-sim src="https://example.invalid/x.json"></eventbridge-sim>',
    /does the page's policy allow it/,
  ],
  [
    "an address that is none",
    '<eventbridge-sim src="javascript:alert(1)"></eventbridge-sim>',
    /must be an http or https address/,
  ],
  ["a file of megabytes", '<eventbridge-sim src="./big.json"></eventbridge-sim>', /longer than 1,000,000 bytes/],
  ["a scenario that is refused", embed("", { version: 1, calls: [{ operation: "PutRul", input: {} }] }), /PutRul/],
];

test.for(wrong)("%s is told in the element's place", async ([, body, words], { browser }) => {
  const { page, problems, done } = await open(browser, body, { "big.json": `"${"x".repeat(1_100_000)}"` });
  await expect.poll(() => element(page).locator(".problem").innerText()).toMatch(words);
  // A refused or missing file is told on the console too.
  problems.splice(0);
  await done();
});

test("hostile content stays text", async ({ browser }) => {
  const bad = '<img src=x onerror="globalThis.pwned = 1"></script><script>globalThis.pwned = 1</script>';
  const content = {
    rules: { [bad]: { pattern: { source: [bad] }, targets: ["arn:aws:sqs:us-east-1:123456789012:q"] } },
    event: { source: bad, "detail-type": bad, detail: { [bad]: bad } },
  };
  const { page, done } = await open(
    browser,
    ["match", "route", "loop"].map((view) => embed(`editable view="${view}"`, content)).join(""),
  );
  await element(page, 0).getByText("matches", { exact: true }).waitFor();
  await element(page, 1).locator(".problem, .tree").first().waitFor();
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(await page.locator("img").count()).toBe(0);
  await done();
});

test("the colours are those of the page around", async ({ browser }) => {
  const theme =
    ":root { color-scheme: dark } .own { --eventbridge-sim-background: rgb(1, 2, 3); --eventbridge-sim-radius: 0 }";
  const { page, done } = await open(
    browser,
    `<link rel="stylesheet" href="./theme.css">${embed("", MATCH)}<div class="own">${embed("", MATCH)}</div>`,
    {
      "theme.css": theme,
    },
  );
  await element(page, 1).getByText("no match").waitFor();
  const look = (at: number): Promise<string> =>
    element(page, at)
      .locator("section")
      .evaluate((section) => getComputedStyle(section).backgroundColor);
  expect(await look(0)).toBe("rgb(26, 28, 33)");
  expect(await look(1)).toBe("rgb(1, 2, 3)");
  await done();
});

test("view, editable and value may change at any time", async ({ browser }) => {
  const { page, done } = await open(browser, embed("", MATCH));
  await element(page).getByText("no match").waitFor();
  expect(await element(page).getByRole("textbox").count()).toBe(0);
  await element(page).evaluate((it) => it.toggleAttribute("editable", true));
  await expect.poll(() => element(page).getByRole("textbox").count()).toBe(2);
  await element(page).evaluate((it) => it.setAttribute("view", "route"));
  await element(page).getByRole("list", { name: "The event's way" }).waitFor();
  await element(page).evaluate((it) =>
    Object.assign(it, { value: { pattern: { a: [1] }, event: { a: 1 } }, view: "match" }),
  );
  await element(page).getByText("matches", { exact: true }).waitFor();
  await done();
});
