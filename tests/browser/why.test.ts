/** Why a rule does not match: underlined in both editors, and told leaf by leaf. */
import type { Locator, Page } from "playwright-core";
import { editor, openExample, paste, rule } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const patternOf = (name: string): string => `Event pattern of rule ${name}`;

function underlined(page: Page, name: string): Locator {
  return editor(page, name).locator(".cm-miss");
}

async function expectUnderlined(page: Page, name: string, texts: string[]): Promise<void> {
  await expect.poll(async () => (await underlined(page, name).allInnerTexts()).join("")).toBe(texts.join(""));
}

test("the failing leaf and the nearest value are underlined, for the rule in focus", async ({ page }) => {
  await openExample(page, "near-misses");
  await expectUnderlined(page, patternOf("wrong-case"), ['["Stopped"]']);
  await expectUnderlined(page, patternOf("right"), []);
  expect(await underlined(page, "Event").count()).toBe(0);

  await editor(page, patternOf("wrong-case")).click();
  await expectUnderlined(page, "Event", ['"stopped"']);
  const words = await underlined(page, "Event").first().getAttribute("title");
  expect(words).toContain("detail.state");
  expect(await underlined(page, "Event").first().getAttribute("aria-description")).toBe(words);
  const event = page.getByRole("region", { name: "Event", exact: true });
  await event.getByText(/what rule wrong-case stumbles over/).waitFor();

  await rule(page, "right").getByLabel("enabled").focus();
  await expectUnderlined(page, "Event", []);

  await paste(page, patternOf("wrong-case"), '{ "detail": { "state": ["stopped"] } }');
  await expectUnderlined(page, patternOf("wrong-case"), []);
});

test("what PutEvents changes is not underlined, the rest of such an event is", async ({ page }) => {
  await openExample(page, "");
  const pattern = patternOf("my-rule");
  await paste(
    page,
    "Event",
    '{"source": "my.app", "detail-type": "x", "account": "999999999999", "detail": {"größe 😀": 1, "n": 2}}',
  );
  await paste(page, pattern, '{ "detail": { "n": ["2"] } }');
  await expectUnderlined(page, pattern, ['["2"]']);
  await expectUnderlined(page, "Event", ["2"]);
  // EventBridge gives the event another account, so what is typed is not what the rule saw.
  await paste(page, pattern, '{ "account": ["9"] }');
  await expectUnderlined(page, pattern, ['["9"]']);
  await expectUnderlined(page, "Event", []);
});

test("the why-not view tells leaf by leaf what is wanted, what is there and what would match", async ({ page }) => {
  await openExample(page, "near-misses");
  const card = rule(page, "wrong-case");
  const summary = card.getByText("Why not? 1 of 2 fields fails");
  await summary.focus();
  await page.keyboard.press("Enter");
  const leaves = card.getByRole("list", { name: "Why wrong-case does not match" }).getByRole("listitem");
  await leaves.first().waitFor();
  expect(await leaves.allInnerTexts()).toHaveLength(2);
  expect(await leaves.filter({ hasText: "source" }).innerText()).toContain("matches");
  const failed = await leaves.filter({ hasText: "detail.state" }).innerText();
  for (const words of ["fails", "The rule wants", '"Stopped"', "The event has", '"stopped"', "only the case differs"]) {
    expect(failed).toContain(words);
  }

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await editor(page, patternOf("wrong-case")).evaluate((element) => element.matches(":focus"))).toBe(true);
  expect(
    await rule(page, "right")
      .getByText(/Why not/)
      .count(),
  ).toBe(0);
});
