/** Names and texts are data. None of them becomes markup, and the page's policy would refuse it if it did. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { PAGE_POLICY } from "../../scripts/lib/policy.mjs";
import { exampleIds, openExample, paste, problemsOf, type } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const SITE = fileURLToPath(new URL("../../www/dist", import.meta.url));

const HOSTILE = '<img src=x onerror="globalThis.pwned = 1"><script>globalThis.pwned = 1</script>';

test("hostile names and values stay text", async ({ page }) => {
  await openExample(page, "");
  const text = JSON.stringify(HOSTILE);
  await type(page, "Event pattern of rule my-rule", `{"source": [{"prefix": ""}], "detail": {${text}: [${text}]}}`);
  await paste(page, "Event", `{"source": ${text}, "detail-type": ${text}, "detail": {${text}: ${text}}}`);
  await page.getByRole("list", { name: "Trace" }).getByText("<img src=x").first().waitFor();
  await paste(
    page,
    "Effects: what targets do",
    `[{"target": "*", "emits": [{"Source": ${text}, "DetailType": ${text}, "Detail": {}}]}]`,
  );
  await page.waitForFunction(() => true);
  await paste(page, "Event pattern of rule my-rule", `{"source": [{${text}: 1}]}`);
  await problemsOf(page, "Event pattern of rule my-rule").first().waitFor();
  await page.getByLabel("Name of the rule").fill(HOSTILE);
  await page.keyboard.press("Enter");
  await page.getByText("Where the event goes").waitFor();

  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(await page.locator("img, ebs-app script, iframe").count()).toBe(0);
});

/** Each tries another door: markup, attributes, templates, addresses, other texts of the same kind. */
const doors = [
  HOSTILE,
  "</textarea></script><svg/onload=globalThis.pwned=1>",
  '"\' onfocus=globalThis.pwned=1 autofocus x="',
  "javascript:globalThis.pwned=1",
  `$${"{globalThis.pwned = 1}"}{{constructor.constructor('globalThis.pwned=1')()}}`,
  "\u202e<b>\u2028</b>\u0000",
];

/** A scenario with one text in every place that holds a text. */
function full(text: string): string {
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
  return JSON.stringify({
    version: 1,
    title: text,
    description: text,
    calls: [
      { operation: "CreateEventBus", input: { Name: "b" } },
      {
        operation: "PutRule",
        input: {
          Name: "r",
          Description: text,
          EventPattern: JSON.stringify({ source: [{ prefix: "" }], detail: { [text]: [text] } }),
        },
      },
      {
        operation: "PutTargets",
        input: { Rule: "r", Targets: [{ Id: "t", Arn: `${arn}${text}`, Input: JSON.stringify(text) }] },
      },
      { operation: "PutRule", input: { Name: text, EventPattern: "{}" } },
    ],
    effects: [{ target: "*", emits: [{ Source: text, DetailType: text, Detail: { [text]: text } }] }],
    handlers: [{ target: text, answers: [] }],
    events: [
      {
        Source: "s",
        DetailType: text,
        Resources: [text],
        Detail: JSON.stringify({ [text]: text, __proto__: { pwned: 1 } }),
      },
    ],
  });
}

async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate(() => "pwned" in globalThis || "pwned" in {})).toBe(false);
  expect(
    await page
      .locator("img:not(.cm-widgetBuffer), iframe, object, embed, ebs-app script, [onerror], [onload], [onfocus]")
      .count(),
  ).toBe(0);
  const links = await page.locator("a").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  for (const link of links) expect(new URL(link).origin).toBe(new URL(page.url()).origin);
}

test.for(doors)("pasted as a whole scenario, and opened from a link, %s stays text", async (text, { page, site }) => {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, full(text));
  await page
    .getByRole("status", { name: "Notice" })
    .getByText(/scenario/i)
    .first()
    .waitFor();
  await page.waitForTimeout(500);
  for (const node of await page.locator(".hit").all()) {
    await node.click();
    await page.waitForTimeout(50);
  }
  await expectUnharmed(page);

  // Whole or as a bare scenario, as a stranger may make it.
  const hash = deflateRawSync(full(text)).toString("base64url");
  await page.goto(`${site.url}?again#v1.${hash}`);
  await page.getByRole("status", { name: "Notice" }).getByText(/link/).first().waitFor();
  await expectUnharmed(page);
});

test("every built page has the policy, and the server says the same", async ({ page, site }) => {
  const pages = readdirSync(SITE, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(5);
  for (const name of pages) {
    const response = await page.request.get(site.url + name);
    const inPage = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(await response.text())?.[1] ?? "";
    const served = response.headers()["content-security-policy"] ?? "";
    for (const policy of [inPage, served]) {
      expect(policy, name).toContain("default-src 'none'");
      expect(policy, name).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    }
    if (name.startsWith("reference")) expect(inPage).not.toContain("script-src");
    else expect(inPage).toBe(PAGE_POLICY);
    expect(served).toContain("frame-ancestors 'none'");
  }
});

test("no request leaves the page, whatever is done, and the policy has nothing to refuse", async ({ page, site }) => {
  const asked: string[] = [];
  page.context().on("request", (request) => asked.push(request.url()));
  await page.evaluate(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`refused: ${event.violatedDirective}`),
    );
  });
  for (const id of (await exampleIds(page)).slice(0, 12)) await openExample(page, id);
  await openExample(page, "orders");
  await paste(
    page,
    "Event",
    '{"source": "https://example.com/x", "detail-type": "//example.org", "detail": {"url": "http://127.0.0.1:9/"}}',
  );
  await page.getByRole("button", { name: "Watch", exact: true }).click();
  await page.locator(".hit").first().click();
  for (const name of [/SVG/, /PNG/]) {
    const saved = page.waitForEvent("download");
    if (!(await page.getByRole("button", { name }).isVisible()))
      await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByRole("button", { name }).click();
    await saved;
  }
  await page.goto(`${site.url}embed.html`);
  await page.locator("eventbridge-sim").last().scrollIntoViewIfNeeded();
  await page.getByText("Loop, proven").waitFor();
  const foreign = asked.filter((url) => !url.startsWith(site.url) && !/^(data|blob):/.test(url));
  expect(asked.length).toBeGreaterThan(5);
  expect(foreign).toEqual([]);
});
