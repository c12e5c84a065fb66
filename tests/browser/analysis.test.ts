/** What the rules say before any event: loops, the event that goes round, the fix, the cost; and two rules compared. */
import type { Page } from "playwright-core";
import { bring, editor, openExample, paste, result, rule, type } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const foreseen = (page: Page) => page.getByRole("region", { name: "Loops before any event" });

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:";
const counter = {
  version: 1,
  effects: [
    { target: "*:function:touch", emits: [{ Source: "shop", DetailType: "Touched", Detail: { by: "touch" } }] },
  ],
  calls: [
    { operation: "PutRule", input: { Name: "touched", EventPattern: '{"source":["shop"],"detail-type":["Touched"]}' } },
    { operation: "PutTargets", input: { Rule: "touched", Targets: [{ Id: "touch", Arn: `${FUNCTION}touch` }] } },
    { operation: "PutRule", input: { Name: "paid", EventPattern: '{"source":["shop"],"detail-type":["Paid"]}' } },
    { operation: "PutTargets", input: { Rule: "paid", Targets: [{ Id: "mail", Arn: `${FUNCTION}mail` }] } },
  ],
  events: [{ Source: "shop", DetailType: "Paid", Detail: {} }],
};

test("a loop that no event has entered is told, drawn, run, broken and brought back", async ({ page }) => {
  await bring(page, counter);
  await rule(page, "paid").getByText("matches", { exact: true }).waitFor();
  const loop = foreseen(page).getByRole("article", { name: "Loop of touched" });
  await loop.getByText("proven", { exact: true }).waitFor();
  expect(await loop.getByText("seen in what runs now").count()).toBe(0);
  expect(await foreseen(page).getByRole("status").first().innerText()).toBe("1 loop in these rules: 1 proven.");
  // The event shown is another one, and the cycle is red all the same.
  expect(await result(page).getByText("Loop, proven").count()).toBe(0);
  await page.locator("path.edge.loop.back").waitFor();
  expect(await loop.getByRole("list", { name: "The way round" }).innerText()).toContain("Touched");
  await foreseen(page).getByText("Not analysed: 1 thing").click();
  expect(await foreseen(page).innerText()).toContain("function:mail");

  await loop.getByRole("button", { name: /^Run it/ }).click();
  await result(page).getByText("Loop, proven").waitFor();
  await loop.getByText("seen in what runs now").waitFor();

  await loop.getByRole("button", { name: /^Apply/ }).click();
  await loop.waitFor({ state: "detached" });
  await foreseen(page).getByText("No loop in what could be analysed.").waitFor();
  await result(page).getByText("Loop, proven").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await loop.waitFor();
});

test("what a loop costs follows from a stated latency and price", async ({ page }) => {
  await bring(page, counter);
  const loop = foreseen(page).getByRole("article", { name: "Loop of touched" });
  await loop.getByText("How fast, and how dear").click();
  await loop.getByText("86,400 rounds a day of 1 event each: 0.0864 USD a day.").waitFor();
  await loop.getByLabel("Seconds a round").fill("0.1");
  await loop.getByLabel("USD per million events").fill("2.5");
  await loop.getByText("864,000 rounds a day of 1 event each: 2.16 USD a day.").waitFor();
});

test("a cure is seen while it is typed, and a loop that is cut says by what", async ({ page }) => {
  await openExample(page, "s3-acl-loop");
  await foreseen(page).getByText("proven", { exact: true }).waitFor();
  await type(page, "Effects: what targets do", "[]");
  await foreseen(page).getByText("No loop in what could be analysed.").waitFor();
  await openExample(page, "bus-pair");
  const loop = foreseen(page).getByRole("article").first();
  await loop.getByText("cut", { exact: true }).waitFor();
  expect(await loop.innerText()).toMatch(/Why:/);
  expect(await page.locator("path.edge.loop").count()).toBe(0);
});

test("two rules are compared, and an event that tells them apart can be tried", async ({ page }) => {
  await bring(page, counter);
  await page.getByText("Compare two rules").click();
  const both = page.getByRole("region", { name: "Result" });
  await both.getByText("No event matches both.").waitFor();
  await paste(page, "Event pattern of rule paid", '{"source":["shop"]}');
  await both.getByText("Whatever the first matches, the second matches too, and more.").waitFor();
  expect(await both.getByText("An event that matches touched but not paid").count()).toBe(0);
  await both
    .getByRole("button", { name: "Put into the event editor: An event that matches paid but not touched" })
    .click();
  await rule(page, "paid").getByText("matches", { exact: true }).waitFor();
  await rule(page, "touched").getByText("no match", { exact: true }).waitFor();
  expect(await editor(page, "Event").innerText()).toContain('"source": "shop"');

  await both.getByLabel("First rule").selectOption({ label: "paid" });
  await both.getByLabel("Second rule").selectOption({ label: "touched" });
  await both.getByText("Whatever the second matches, the first matches too, and more.").waitFor();
});

test("what rules get wrong together is told beside the loops", async ({ page }) => {
  const [target, pattern] = [{ Id: "t", Arn: `${FUNCTION}touch` }, '{"source":["shop"]}'];
  const calls = ["one", "two"].flatMap((Name) => [
    { operation: "PutRule", input: { Name, EventPattern: pattern } },
    { operation: "PutTargets", input: { Rule: Name, Targets: [target] } },
  ]);
  await bring(page, { ...counter, effects: [], calls });
  const advice = page.getByRole("region", { name: "Advice on the rules" });
  await advice.getByRole("listitem").first().waitFor();
  expect(await advice.innerText()).toContain("two");
});
