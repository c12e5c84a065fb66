/** Whatever is typed or pasted: a diagnostic at its place, and the page goes on. */
import { editor, exampleIds, openExample, paste, problemsOf, result, rule, type } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const PATTERN = "Event pattern of rule instance-went-away";
/** Two-unit signs, accents and an error on the third line, after them. */
const BROKEN = [
  "{",
  '  "source": ["aws.ec2", "größe 😀"],',
  '  "detail": { "größe 😀": [{ "prefx": "x" }] }',
  "}",
].join("\n");

test("a broken pattern is marked at its line and column, and the answer before it stays", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
  await paste(page, PATTERN, BROKEN);
  const problem = problemsOf(page, PATTERN).first();
  await problem.waitFor();
  const lines = BROKEN.split("\n");
  const where = await problem.getByRole("button", { name: /line \d+/ }).innerText();
  const [line = 0, column = 0] = (where.match(/\d+/g) ?? []).map(Number);
  const marked = (lines[line - 1] ?? "").slice(column - 1);
  expect(line).toBe(3);
  expect(marked).toMatch(/^("prefx"|\{ "prefx"|"x")/);
  expect(await problem.innerText()).toContain("prefx");

  await problem.getByRole("button", { name: /line \d+/ }).click();
  expect(await editor(page, PATTERN).evaluate((element) => element.matches(":focus"))).toBe(true);
  await result(page)
    .getByText(/last valid version of the pattern of instance-went-away/)
    .waitFor();
  await rule(page, "instance-went-away").getByText("not valid", { exact: true }).waitFor();

  await paste(page, PATTERN, BROKEN.replace("prefx", "prefix"));
  await rule(page, "instance-went-away").getByText("no match", { exact: true }).waitFor();
  expect(await problemsOf(page, PATTERN).count()).toBe(0);
});

test("a broken event leaves the last answer in view and says so", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
  await type(page, "Event", '{\n  "source": "aws.ec2",\n  "detail": nope\n}');
  await problemsOf(page, "Event")
    .first()
    .getByRole("button", { name: /line 3, column \d+/ })
    .waitFor();
  await result(page)
    .getByText(/last valid version of the event/)
    .waitFor();
  await page.getByRole("list", { name: "Trace" }).waitFor();
});

const pages: [string, () => string][] = [
  ["ten megabytes of open brackets", () => "[".repeat(10_000_000)],
  ["ten megabytes of open objects", () => '{"a":'.repeat(2_000_000)],
  ["an array", () => "[1, 2, 3]"],
  ["a lone surrogate in a broken text", () => '{"a": "\ud83d'],
  ["nothing but blanks and a word", () => "   event"],
];

test.for(pages)("pasted as an event, %s is a diagnostic", async ([, make], { page }) => {
  await openExample(page, "ec2-state-change");
  await paste(page, "Event", make());
  await problemsOf(page, "Event").first().waitFor();
  await openExample(page, "near-misses");
  await rule(page, "right").getByText("matches", { exact: true }).waitFor();
});

test("targets and effects that are not lists of JSON are marked at their place", async ({ page }) => {
  await openExample(page, "orders");
  await paste(page, "Effects: what targets do", '[\n  {"target": "*", "emits": oops}\n]');
  await problemsOf(page, "Effects: what targets do")
    .getByRole("button", { name: /line 2, column 2\d/ })
    .waitFor();
  await rule(page, "all-orders")
    .getByText(/1 target/)
    .click();
  await paste(page, "Targets of rule all-orders", '{"Id": "x"}');
  await problemsOf(page, "Targets of rule all-orders").getByText("this is not a list").waitFor();
  await paste(page, "Targets of rule all-orders", '[{"Id": "x", "Arn": "no arn"}]');
  await problemsOf(page, "Targets of rule all-orders").first().waitFor();
});

test("an unknown bus and a bad name are told, and nothing else stops", async ({ page }) => {
  await openExample(page, "orders");
  await rule(page, "packed").getByLabel("Name of the rule").fill("no <b>good</b> name");
  await page.keyboard.press("Enter");
  await problemsOf(page, "Event pattern of rule no <b>good</b> name").first().waitFor();
  await rule(page, "all-orders").getByText("matches", { exact: true }).waitFor();
});

test("an event that PutEvents refuses is told at the event", async ({ page }) => {
  await openExample(page, "orders");
  await paste(page, "Event", '{"Source": "aws.s3", "DetailType": "x", "Detail": "{}"}');
  await problemsOf(page, "Event")
    .getByText(/NotAuthorizedForSource/)
    .first()
    .waitFor();
});

test("an unknown preset is marked in the effects", async ({ page }) => {
  await openExample(page, "orders");
  await paste(page, "Effects: what targets do", '[\n  { "target": "*", "preset": "s3-put-objekt" }\n]');
  const problem = problemsOf(page, "Effects: what targets do").first();
  await problem.getByRole("button", { name: /line 2, column \d+/ }).waitFor();
  expect(await problem.innerText()).toContain("s3-put-objekt");
  await rule(page, "all-orders").getByText("matches", { exact: true }).waitFor();
});

test("the mistakes of the near misses are found without an event", async ({ page }) => {
  await openExample(page, "near-misses");
  for (const [name, code] of [
    ["wrong-field", "EB005"],
    ["wrong-separator", "EB006"],
    ["wrong-place", "EB005"],
    ["wrong-type", "EB007"],
  ] as const) {
    const problem = problemsOf(page, `Event pattern of rule ${name}`).first();
    await problem.waitFor();
    expect(await problem.getAttribute("data-code"), name).toBe(code);
  }
});

test("no example has a problem", async ({ page }) => {
  const ids = await exampleIds(page);
  expect(ids.length).toBeGreaterThan(15);
  // Its rules are wrong on purpose.
  for (const id of ids.filter((id) => id !== "near-misses")) {
    await openExample(page, id);
    await page.getByRole("list", { name: "Trace" }).waitFor();
    expect(await page.locator(".problem:not(.hint), .notice.bad").allInnerTexts(), id).toEqual([]);
  }
});
