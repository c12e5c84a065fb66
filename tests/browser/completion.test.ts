/** Completion in the pattern editor: names of operators, the event's fields and values, nothing elsewhere. */
import type { Page } from "playwright-core";
import { describe } from "vitest";
import type { EventEnvelope } from "../../src/js/types.js";
import { suggestionsAt } from "../../www/src/model/suggestions.js";
import { editor, openExample, paste, rule } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const PATTERN = "Event pattern of rule instance-went-away";

async function offered(page: Page): Promise<string[]> {
  const list = page.locator(".cm-tooltip-autocomplete");
  await list.getByRole("option").first().waitFor();
  return list.locator(".cm-completionLabel").allInnerTexts();
}

/** Types into an empty editor with the keys, as closing brackets and completion see them. */
async function keys(page: Page, text: string): Promise<void> {
  await paste(page, PATTERN, " ");
  await page.keyboard.type(text, { delay: 20 });
}

test("a quote offers the event's fields, and in a leaf array the operators", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
  await keys(page, '{"');
  expect(await offered(page)).toEqual(expect.arrayContaining(["source", "detail-type", "detail", "$or"]));
  await page.keyboard.type("deta", { delay: 20 });
  await expect.poll(() => offered(page)).toEqual(["detail", "detail-type"]);
  await page.waitForTimeout(150); // keys right after the list opened are not for it
  await page.keyboard.press("Enter");
  await expect.poll(() => editor(page, PATTERN).innerText()).toContain('"detail": {  }');

  await page.keyboard.type('"', { delay: 20 });
  expect(await offered(page)).toContain("state");
  expect(await offered(page)).not.toContain("source");
  await page.keyboard.press("Escape");
  await page.keyboard.type("state", { delay: 20 });
  await page.keyboard.press("Escape");
  await page.keyboard.type('": [{"', { delay: 20 });
  expect(await offered(page)).toEqual(
    expect.arrayContaining(["prefix", "suffix", "anything-but", "numeric", "exists"]),
  );
  await page.keyboard.type("pre", { delay: 20 });
  await expect.poll(() => offered(page)).toContain("prefix");
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  await page.keyboard.type("stop");
  await expect.poll(() => editor(page, PATTERN).innerText()).toContain('"state": [{"prefix": "stop"}]');
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
});

test("in a leaf array a quote offers the value that the event has", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
  await keys(page, '{"source": ["');
  expect(await offered(page)).toEqual(["aws.ec2"]);
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  await expect.poll(() => editor(page, PATTERN).innerText()).toContain('{"source": ["aws.ec2"]}');
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
});

test("no list opens where any value stands, or in the event", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  await keys(page, '{"source": "a');
  await page.waitForTimeout(400);
  expect(await page.locator(".cm-tooltip-autocomplete").count()).toBe(0);
  await editor(page, "Event").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type('{"', { delay: 20 });
  await page.waitForTimeout(400);
  expect(await page.locator(".cm-tooltip-autocomplete").count()).toBe(0);
});

describe("where the cursor is", () => {
  const event = {
    source: "s",
    detail: { a: { b: 1 }, items: [{ name: "x" }, { price: 5 }] },
  } as unknown as EventEnvelope;
  const TEXT_TESTS = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

  test.for<[string, string[] | null]>([
    ['{"detail": {"|"}}', ["a", "items", "$or"]],
    ['{"detail": {"a": {"|', ["b", "$or"]],
    ['{"detail.a": {"|"}}', ["b", "$or"]],
    ['{"detail": {"items": {"|"}}}', ["name", "price", "$or"]],
    ['{"detail": {"a": {}, "|"}}', ["items", "$or"]],
    ['{"detail": {"|": {}, "items": []}}', ["a", "$or"]],
    ['{"$or": [{"detail": {"|"}}, {}]}', ["a", "items", "$or"]],
    ['{"detail": {"|\n"a": {}}}', ["items", "$or"]],
    ['{"detail": {"a": [{"anything-but": {"|"}}]}}', TEXT_TESTS],
    ['{"detail": {"a": [{"prefix": {"|"}}]}}', ["equals-ignore-case"]],
    ['{"detail": {"a": [{"prefix": "x", "|"}]}}', null],
    ['{"detail": {"a": ["|"]}}', null],
    ['{"detail": {"a": [{"numeric": ["|"]}]}}', null],
    ['{"detail": {"a": {"b": [|]}}}', ["1"]],
    ['{"detail": {"a": {"b": ["|"]}}}', null],
    ['{"detail": {"items": {"name": ["|"]}}}', ["x"]],
    ['{"detail": {"items": {"name": ["x", |]}}}', ["x"]],
    ['{"detail": {"items": {"name": [{"prefix": "|"}]}}}', ["x"]],
    ['{"detail": {"items": {"name": [{"prefix": {"equals-ignore-case": "|"}}]}}}', ["x"]],
    ['{"detail": {"items": {"name": [{"anything-but": ["|"]}]}}}', ["x"]],
    ['{"detail": {"items": {"name": [{"anything-but": {"suffix": "|"}}]}}}', ["x"]],
    ['{"detail": {"items": {"name": [{"exists": |}]}}}', null],
    ['{"$or": [{"source": ["|"]}]}', ["s"]],
    ['{"source": "|"}', null],
    ['{"detail": |}', null],
    ['{"detail": {"none": {"|"}}}', ["$or"]],
    ['["|"]', null],
    ["|", null],
    ["}}]|", null],
  ])("%s", ([text, names]) => {
    const found = suggestionsAt(text.replace("|", ""), text.indexOf("|"), event);
    expect(found?.list.map(({ name }) => name) ?? null).toEqual(names);
  });
});
