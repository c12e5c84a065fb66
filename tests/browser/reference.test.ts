/** The reference beside the page: every document is there, and every link of theirs leads somewhere. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "./harness.js";

const documents = readdirSync(fileURLToPath(new URL("../../www/reference", import.meta.url)))
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.replace(/\.md$/, ".html"));

test("the reference can be reached from the page, and all its links lead somewhere", async ({ page, site }) => {
  await page.getByRole("link", { name: "Reference" }).click();
  await page.getByRole("heading", { level: 1, name: "Reference" }).waitFor();
  const open = [page.url()];
  const seen = new Set<string>();
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    const [address = url] = url.split("#");
    if (seen.has(address) || !address.startsWith(`${site.url}reference/`)) continue;
    seen.add(address);
    // A page that is not there answers 404, which the harness takes for a problem.
    await page.goto(address);
    expect(await page.getByRole("heading", { level: 1 }).count(), address).toBe(1);
    open.push(
      ...(await page.locator("a").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))),
    );
  }
  for (const name of documents)
    expect(
      [...seen].some((address) => address.endsWith(`/${name}`)),
      name,
    ).toBe(true);
});

test("a page of the reference fits a phone", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of documents) {
    await page.goto(`${site.url}reference/${name}`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, name).toBeLessThanOrEqual(0);
  }
});
