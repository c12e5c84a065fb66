/** The loop is seen: in words, in the drawing, in the trace. */
import { openExample, result, rule, type } from "./at-the-page.js";
import { expect, test } from "./harness.js";

test("the S3 ACL example shows its loop, and the graph marks the way back", async ({ page }) => {
  await openExample(page, "s3-acl-loop");
  const banner = result(page).getByRole("alert").first();
  await banner.getByText("Loop, proven").waitFor();
  const cycle = await banner.getByRole("list", { name: "The cycle" }).innerText();
  expect(cycle).toMatch(/rule\s+\S+/);
  expect(cycle).toContain("again rule");
  expect(cycle).toContain("AWS API Call via CloudTrail");

  const graph = result(page).getByRole("group", { name: /In a loop: / });
  await graph.waitFor();
  expect(await graph.locator("path.edge.loop.back").count()).toBe(1);
  const kinds = await graph
    .locator(".node.loop")
    .evaluateAll((nodes) => nodes.map((node) => (node as SVGElement).dataset.kind));
  expect([...kinds].sort()).toEqual(["bus", "rule", "target"]);
  expect(await page.getByRole("list", { name: "Trace" }).innerText()).toContain("loop stopped");
});

test("an answer about rules that were left is none about those that stand there", async ({ page, site }) => {
  await page.goto(site.url);
  // While the page still looks for the loops of its first example.
  await openExample(page, "s3-acl-cure");
  await page.locator("ebs-analysis:not([aria-busy])").waitFor();
  expect(await page.locator("ebs-analysis").getByText("proven", { exact: true }).count()).toBe(0);
});

test("the cure of the S3 ACL loop has none", async ({ page }) => {
  await openExample(page, "s3-acl-cure");
  await page.getByRole("list", { name: "Trace" }).waitFor();
  await expect.poll(() => page.locator("path.edge.loop").count()).toBe(0);
  expect(
    await result(page)
      .getByText(/^Loop, /)
      .count(),
  ).toBe(0);
});

test("a loop that somebody breaks is gone as soon as it is broken", async ({ page }) => {
  await openExample(page, "s3-acl-loop");
  await result(page).getByText("Loop, proven").waitFor();
  await type(page, "Effects: what targets do", "[]");
  await result(page).getByText("Loop, proven").waitFor({ state: "detached" });
  expect(
    await rule(page, await firstRule(page))
      .getByText("matches", { exact: true })
      .count(),
  ).toBe(1);
});

test("what a function does, added by the form, closes a loop", async ({ page }) => {
  await openExample(page, "s3-object-created");
  await rule(page, "new-pictures").getByText("matches", { exact: true }).waitFor();
  expect(
    await result(page)
      .getByText(/^Loop, /)
      .count(),
  ).toBe(0);
  await page.getByLabel("What follows").selectOption("s3-put-object");
  await page.getByRole("button", { name: "Add effect" }).click();
  await result(page).getByText("Loop, proven").waitFor();
});

test("two buses that forward to each other are cut off, and the graph shows where", async ({ page }) => {
  await openExample(page, "bus-pair");
  await page.locator("path.edge.refused.back").waitFor();
  expect(
    await result(page)
      .getByText(/^Loop, /)
      .count(),
  ).toBe(0);
});

async function firstRule(page: Parameters<typeof openExample>[0]): Promise<string> {
  return page.getByLabel("Name of the rule").first().inputValue();
}
