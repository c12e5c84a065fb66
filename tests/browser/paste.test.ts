/** Paste anything: each kind is recognised, lands in the right place, is told in a note and can be taken back. */
import type { Page } from "playwright-core";
import { describe } from "vitest";
import { recognise } from "../../www/src/model/recognise.js";
import { editor, openExample, paste, problemsOf, rule } from "./at-the-page.js";
import { EVENT, KINDS, PATTERN, REFUSED, SCENARIO } from "./bringing.js";
import { expect, test } from "./harness.js";

/** Pastes with nothing in focus. */
async function pasteOnPage(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

const notice = (page: Page) => page.getByRole("status", { name: "Notice" });
const names = (page: Page) =>
  page
    .getByRole("region", { name: "Rules" })
    .getByLabel("Name of the rule")
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

describe("what a text is", () => {
  test.for(KINDS)("%s", ([, text, kinds]) => {
    const found = recognise(text);
    expect(found && "parts" in found ? found.parts.map((part) => part.kind) : found).toEqual(kinds);
  });

  test.for(REFUSED)("%s", ([, text, words]) => {
    const found = recognise(text);
    expect(found && "refused" in found ? found.refused : "").toMatch(words);
  });

  test.for([
    "",
    "null",
    "[]",
    "{}",
    "[1, 2]",
    '{"hello": "world"}',
    "just words",
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
  ])("%.20s is none of them", (text) => {
    expect(recognise(text)).toBeUndefined();
  });

  test("numbers keep their spelling", () => {
    const found = recognise('[{"source": "a", "detail": {"n": 1.0}}, {"source": "a", "detail": {"n": 1e400}}]');
    const part = found && "parts" in found ? found.parts[0] : undefined;
    expect(part?.kind === "events" ? part.texts : []).toEqual([
      '{"source": "a", "detail": {"n": 1.0}}',
      '{"source": "a", "detail": {"n": 1e400}}',
    ]);
  });
});

test("rules take the place of an example's, events the place of its event, and undo brings both back", async ({
  page,
}) => {
  await pasteOnPage(page, JSON.stringify({ paid: PATTERN, other: { source: ["x"] } }));
  await notice(page).getByText("2 rules: in place of the example's rules.").waitFor();
  expect(await names(page)).toEqual(["paid", "other"]);
  await pasteOnPage(page, JSON.stringify(EVENT));
  await notice(page).getByText("An event: now in the event editor.").waitFor();
  await rule(page, "paid").getByText("matches", { exact: true }).waitFor();
  await rule(page, "other").getByText("no match", { exact: true }).waitFor();

  await notice(page).getByRole("button", { name: "Undo" }).click();
  await rule(page, "paid").getByText("no match", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(await names(page)).toEqual(["fix-bucket-acl"]);
  expect(await page.getByLabel("Example").inputValue()).toBe("s3-acl-loop");
});

test("rules of one's own are added to, and one of the same name is replaced", async ({ page }) => {
  await openExample(page, "");
  await pasteOnPage(page, JSON.stringify({ Name: "one", EventPattern: PATTERN }));
  await notice(page)
    .getByText(/A rule: in place of the example's rule/)
    .waitFor();
  await pasteOnPage(page, JSON.stringify({ Name: "two", EventPattern: PATTERN, EventBusName: "orders" }));
  await notice(page).getByText("A rule: is now among the rules.").waitFor();
  expect(await names(page)).toEqual(["one", "two"]);
  await page.getByRole("group", { name: "Event buses" }).getByRole("button", { name: "orders" }).waitFor();
  await pasteOnPage(page, JSON.stringify({ Name: "one", EventPattern: { source: ["else"] } }));
  await expect.poll(() => editor(page, "Event pattern of rule one").innerText()).toContain("else");
  expect(await names(page)).toEqual(["one", "two"]);
});

test("what has no place is said to have none, and a pattern more is a rule more", async ({ page }) => {
  await openExample(page, "near-misses");
  await pasteOnPage(page, JSON.stringify([{ Id: "x", Arn: "arn:aws:sqs:us-east-1:123456789012:x" }]));
  await notice(page)
    .getByText(/One target: but no rule is chosen/)
    .waitFor();
  expect(await notice(page).getByRole("button", { name: "Undo" }).count()).toBe(0);
  await rule(page, "right").getByLabel("enabled").uncheck();
  await page.getByRole("heading", { name: "EventBridge simulator" }).click();
  await pasteOnPage(page, JSON.stringify([{ Id: "x", Arn: "arn:aws:sqs:us-east-1:123456789012:x" }]));
  await rule(page, "right").getByText("1 target: x").waitFor();
});

test("over an editor's text, another kind goes where it belongs, the same kind stays there", async ({ page }) => {
  await openExample(page, "");
  await paste(page, "Event", JSON.stringify({ source: ["my.app"], detail: { id: [1] } }));
  await notice(page)
    .getByText(/An event pattern: in place of the example's rule/)
    .waitFor();
  await rule(page, "my-rule").getByText("matches", { exact: true }).waitFor();
  await expect.poll(() => editor(page, "Event").innerText()).toContain("Something Happened");
  await paste(page, "Event pattern of rule my-rule", JSON.stringify(EVENT));
  await notice(page).getByText("An event: now in the event editor.").waitFor();
  await paste(page, "Event pattern of rule my-rule", JSON.stringify(PATTERN));
  await rule(page, "my-rule").getByText("matches", { exact: true }).waitFor();
  expect(await problemsOf(page, "Event").count()).toBe(0);
});

test("a scenario is opened, a template is refused by name, and what is not known is said to be so", async ({
  page,
}) => {
  await page.getByRole("button", { name: "Paste anything" }).click();
  await page.getByLabel("What you have").fill(JSON.stringify(SCENARIO));
  await page.getByRole("button", { name: "Put it where it belongs" }).click();
  await notice(page).getByText("A scenario: opened.").waitFor();
  await rule(page, "paid").getByText("matches", { exact: true }).waitFor();
  await pasteOnPage(page, "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n");
  await notice(page)
    .getByText(/CloudFormation or SAM template/)
    .waitFor();
  await pasteOnPage(page, "hello there");
  await notice(page)
    .getByText(/That is not JSON/)
    .waitFor();
  await pasteOnPage(page, '{"hello": "there"}');
  await notice(page)
    .getByText(/That is JSON, but/)
    .waitFor();
  expect(await names(page)).toEqual(["paid"]);
});

test("files that are dropped are opened", async ({ page }) => {
  const drop = (type: string): Promise<void> =>
    page.evaluate(
      ([name = "", text = ""]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], "shop.json", { type: "application/json" }));
        document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
      },
      [type, JSON.stringify(SCENARIO)],
    );
  await drop("dragover");
  await page.getByText(/^Drop it:/).waitFor();
  await drop("drop");
  await rule(page, "paid").getByText("matches", { exact: true }).waitFor();
  expect(await page.getByText(/^Drop it:/).count()).toBe(0);

  await page.getByRole("button", { name: "Paste anything" }).click();
  const lines = `${JSON.stringify(EVENT)}\n${JSON.stringify({ ...EVENT, source: "other" })}`;
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "e.jsonl", mimeType: "text/plain", buffer: Buffer.from(lines) });
  await notice(page).getByText("2 events, one a line: in place of the events before.").waitFor();
});
