/** What each target receives, and which value fills which placeholder. */
import type { Locator, Page } from "playwright-core";
import { openExample, paste, rule } from "./at-the-page.js";
import { violations } from "./axe.js";
import { expect, test } from "./harness.js";

const NAME = "order-paid";

async function preview(page: Page): Promise<Locator> {
  await openExample(page, "what-targets-get");
  await rule(page, NAME)
    .getByText(/5 targets/)
    .click();
  return page.getByRole("region", { name: `What the targets of rule ${NAME} receive` });
}

function target(preview: Locator, id: string): Locator {
  return preview.getByRole("region", { name: `Target ${id}`, exact: true });
}

/** One target with this transformer, and what the preview says of it. */
async function withTransformer(page: Page, paths: object, template: string): Promise<Locator> {
  const shown = await preview(page);
  const input = { InputPathsMap: paths, InputTemplate: template };
  const list = [{ Id: "one", Arn: "arn:aws:sqs:us-east-1:123456789012:one", InputTransformer: input }];
  await paste(page, `Targets of rule ${NAME}`, JSON.stringify(list));
  return target(shown, "one");
}

test("every target shows the input that is delivered, apart from its layout", async ({ page }) => {
  const shown = await preview(page);
  await shown.getByRole("heading", { name: "What each target receives of the event" }).waitFor();
  for (const id of ["archive", "invoice", "metrics", "chat", "shipping"]) await target(shown, id).waitFor();
  // An input is laid out when somebody opens it.
  const closed = page.locator("ebs-deliveries details:not([open]) > summary");
  while ((await closed.count()) > 0) await closed.first().click();
  await expect.poll(() => page.locator("ebs-deliveries pre").count()).toBe(5);
  const deliveries = await page
    .locator("ebs-deliveries pre")
    .evaluateAll((all) => all.map((it) => (it.textContent ?? "").replace(/\s/g, "")));
  const received = await shown
    .getByRole("group", { name: "Received" })
    .evaluateAll((all) => all.map((it) => (it.textContent ?? "").replace(/\s/g, "")));
  expect(received).toHaveLength(5);
  expect([...received].sort()).toEqual([...deliveries].sort());
});

test("a placeholder lights its value and its part of the output, by mouse and by keyboard", async ({ page }) => {
  const shown = target(await preview(page), "chat");
  const hole = shown.getByRole("button", { name: /^<who>: .*, from \$\.detail\.customer$/ });
  const row = shown.getByRole("listitem").filter({ hasText: "$.detail.customer" });
  const part = shown.locator(".part[data-number='1']");
  expect(await shown.locator(".lit").count()).toBe(0);
  await hole.hover();
  for (const one of [hole, row, part]) await expect.poll(() => one.getAttribute("class")).toContain("lit");
  expect(await shown.locator(".lit").count()).toBe(3);
  await page.mouse.move(0, 0);
  await expect.poll(() => shown.locator(".lit").count()).toBe(0);

  await hole.focus();
  await page.keyboard.press("Tab");
  await expect.poll(() => shown.locator(".hole.lit").innerText()).toBe("<total>");
  expect(await shown.locator(".part.lit").getAttribute("data-number")).toBe("2");
  await shown.locator(".part[data-number='1']").hover();
  await expect.poll(() => shown.locator(".hole.lit").innerText()).toBe("<who>");
  await page.mouse.move(0, 0);
  await expect.poll(() => shown.locator(".hole.lit").innerText()).toBe("<total>");
});

test("the preview follows the event, and keeps the spelling of its numbers", async ({ page }) => {
  const shown = target(await preview(page), "chat");
  const event = (total: string): string =>
    `{"source": "shop", "detail-type": "Order Paid", "detail": {"customer": "Zoë", "total": ${total}}}`;
  await paste(page, "Event", event("12.50"));
  const received = shown.getByRole("group", { name: "Received" });
  await expect.poll(() => received.evaluate((it) => it.textContent)).toBe('"Zoë paid 12.50"');
  await paste(page, "Event", event("7").replace('"shop"', '"stall"'));
  await page.getByRole("heading", { name: "What each target would receive of the event" }).waitFor();
  await expect.poll(() => received.evaluate((it) => it.textContent)).toBe('"Zoë paid 7"');
});

test("mistakes of a template are told and underlined at their place", async ({ page }) => {
  let shown = await withTransformer(page, { total: "$.detail.total" }, '{"a": <totl>}');
  let problems = shown.getByRole("list", { name: "Problems of the input of target one" });
  await problems.getByText("did you mean").waitFor();
  expect(await problems.innerText()).toContain("line 1, column 7");
  expect(await problems.innerText()).toContain("AWS says");
  expect(await shown.locator("pre .wrong").allInnerTexts()).toEqual(["<totl>"]);

  shown = await withTransformer(page, { lines: "$.detail.nothing" }, '{"a": <lines>}');
  problems = shown.getByRole("list", { name: "Problems of the input of target one" });
  await problems.getByText("finds nothing in this event").waitFor();
  expect(await shown.locator(".hole.wrong").innerText()).toBe("<lines>");

  shown = await withTransformer(page, { all: "$.detail" }, '{"a": "<all>"}');
  await shown.getByRole("group", { name: /^Not delivered/ }).waitFor();
  shown = await withTransformer(page, { all: "$..detail" }, '{"a": <all>}');
  await shown.getByText("InputPathsMap.all").first().waitFor();
});

test("what is typed never becomes markup", async ({ page }) => {
  const nasty = "<img src=x onerror=alert(1)>";
  const shown = await withTransformer(page, { x: "$.detail.x" }, `{"${nasty}": <x>, "b": "<script>"}`);
  await paste(
    page,
    "Event",
    JSON.stringify({ source: "shop", "detail-type": "Order Paid", detail: { x: `${nasty}<script>` } }),
  );
  await shown.waitFor();
  expect(await shown.locator("img, script").count()).toBe(0);
});

for (const [width, height] of [
  [1280, 900],
  [390, 844],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the preview fits and is accessible at ${width} pixels, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      const shown = target(await preview(page), "shipping");
      await page.mouse.move(0, 0);
      await shown.getByRole("button", { name: /^<items>/ }).focus();
      await expect.poll(() => shown.locator(".part.lit").count()).toBe(1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
      await shown.scrollIntoViewIfNeeded();
    });
  }
}
