/** Work on a scenario: buses in several places, who may send, targets, steps, undo and redo. */
import type { Page } from "playwright-core";
import { bring, editor, openExample, paste, result, rule, type } from "./at-the-page.js";
import { violations } from "./axe.js";
import { expect, test } from "./harness.js";

const verdict = (page: Page, name: string, word: string) => rule(page, name).getByText(word, { exact: true }).waitFor();

test("a bus of another account and region has its own rules, and goes with them", async ({ page }) => {
  await openExample(page, "");
  await page.getByRole("button", { name: "Add bus" }).click();
  await page.getByLabel("Name of the new bus").fill("orders");
  await page.getByLabel("Account of the new bus").fill("4444");
  await page.keyboard.press("Enter");
  await page.getByText("An account is twelve digits.").waitFor();
  await page.getByLabel("Account of the new bus").fill("444455556666");
  await page.getByLabel("Region of the new bus").fill("eu-west-1");
  await page.keyboard.press("Enter");
  const buses = page.getByRole("group", { name: "Event buses" });
  await buses.getByRole("button", { name: "orders (444455556666, eu-west-1)" }).click();
  await page.getByText("No rule on this bus yet.").waitFor();
  await page.getByRole("button", { name: "Add rule" }).click();
  await verdict(page, "rule-2", "not asked");
  expect(await rule(page, "my-rule").count()).toBe(0);
  await page.getByLabel("Bus the event goes to").selectOption("orders (444455556666, eu-west-1)");
  await verdict(page, "rule-2", "matches");
  expect(await page.getByLabel("Account that sends it").inputValue()).toBe("444455556666");
  await buses.getByRole("button", { name: "All buses" }).click();
  await verdict(page, "my-rule", "not asked");
  await buses.getByRole("button", { name: "orders (444455556666, eu-west-1)" }).click();
  await page.getByRole("button", { name: "Remove bus orders and its 1 rule" }).click();
  await rule(page, "my-rule").waitFor();
  expect(await rule(page, "rule-2").count()).toBe(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await rule(page, "rule-2").waitFor();
});

test("another account may send once the policy says so", async ({ page }) => {
  await openExample(page, "");
  await verdict(page, "my-rule", "matches");
  const sender = page.getByLabel("Account that sends it");
  await sender.fill("4444-5555-6666");
  await sender.press("Enter");
  await page
    .getByText(/no resource-based policy allows/)
    .first()
    .waitFor();
  await verdict(page, "my-rule", "not asked");
  const policies = page.getByRole("region", { name: "Who may send" });
  await policies.getByText("Who may send").click();
  await policies.getByLabel("Account that may send").fill("12");
  await policies.getByRole("button", { name: "Allow" }).click();
  await policies.getByRole("alert").waitFor();
  await policies.getByLabel("Account that may send").fill("444455556666");
  await policies.getByRole("button", { name: "Allow" }).click();
  await verdict(page, "my-rule", "matches");
  await expect
    .poll(() => editor(page, "Policy of bus default").innerText())
    .toContain("arn:aws:iam::444455556666:root");
  await paste(page, "Policy of bus default", '{"Version": "2012-10-17", "Statement": []}');
  await verdict(page, "my-rule", "not asked");
  await policies.getByRole("button", { name: "Remove the policy of bus default" }).click();
  await editor(page, "Policy of bus default").waitFor({ state: "detached" });
});

test("a target is added by a form and gets what was chosen", async ({ page }) => {
  await openExample(page, "");
  await rule(page, "my-rule")
    .getByText(/1 target/)
    .click();
  await page.getByLabel("Kind of the new target").selectOption("SNS topic");
  await page.getByLabel("Name of the new target").fill("sales");
  await page.getByLabel("What the new target gets").selectOption("a text made of it");
  await page.getByRole("button", { name: "Add target" }).click();
  await rule(page, "my-rule").getByText("2 targets: my-function, sales").waitFor();
  await expect
    .poll(() => editor(page, "Targets of rule my-rule").innerText())
    .toContain("arn:aws:sns:us-east-1:123456789012:sales");
  const deliveries = page.getByRole("region", { name: "What each target receives" });
  await deliveries.getByText("sales").first().click();
  await deliveries.getByText(/"Something Happened \(/).waitFor();
});

test("events and steps are played in order", async ({ page }) => {
  await openExample(page, "");
  await verdict(page, "my-rule", "matches");
  const event = page.getByRole("region", { name: "Event", exact: true });
  await event.getByLabel("Add a step").selectOption("a call is made");
  await event.getByRole("button", { name: "2: call DisableRule" }).waitFor();
  await event.getByRole("button", { name: "1: Something Happened" }).click();
  await event.getByRole("button", { name: "Add event" }).click();
  await event.getByRole("button", { name: "3: Something Happened" }).waitFor();
  await verdict(page, "my-rule", "disabled");
  const summary = (): Promise<string> => result(page).getByRole("status").first().innerText();
  expect(await summary()).toContain("events sent: 2");
  await event.getByLabel("after those before it").uncheck();
  await verdict(page, "my-rule", "matches");
  await event.getByRole("button", { name: "Play all 3" }).click();
  await verdict(page, "my-rule", "disabled");
  await event.getByLabel("Add a step").selectOption("time passes");
  await event.getByLabel("The clock moves on by").fill("2h");
  await event.getByLabel("The clock moves on by").press("Enter");
  await event.getByRole("button", { name: "4: advance 2h" }).waitFor();
  await event.getByLabel("The clock moves on by").fill("soon");
  await event.getByLabel("The clock moves on by").press("Enter");
  await page.getByRole("status", { name: "Problems of Step" }).getByRole("listitem").first().waitFor();
});

test("undo and redo take whole steps, by keys outside of editors and by buttons", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  const name = "instance-went-away";
  await verdict(page, name, "matches");
  await type(page, `Event pattern of rule ${name}`, '{"source": ["aws.s3"]}');
  await verdict(page, name, "no match");
  await rule(page, name).getByLabel("enabled").uncheck();
  await verdict(page, name, "disabled");
  // With the box in focus still.
  await page.keyboard.press("ControlOrMeta+z");
  await verdict(page, name, "no match");
  await page.keyboard.press("ControlOrMeta+z");
  await verdict(page, name, "matches");
  expect(await page.getByLabel("Example").inputValue()).toBe("ec2-state-change");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await verdict(page, name, "no match");
  await expect.poll(() => editor(page, `Event pattern of rule ${name}`).innerText()).toContain("aws.s3");
  await page.getByRole("button", { name: "Redo", exact: true }).click();
  await verdict(page, name, "disabled");
  expect(await page.getByRole("button", { name: "Redo", exact: true }).isDisabled()).toBe(true);
  // Within an editor the key is the editor's.
  await editor(page, "Event").click();
  await page.keyboard.type(" ");
  await page.keyboard.press("ControlOrMeta+z");
  await verdict(page, name, "disabled");
});

test("many rules are a list of lines that open", async ({ page }) => {
  const rules = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`rule-${at}`, { source: ["my.app"], detail: { id: [at] } }]),
  );
  await openExample(page, "");
  await page.getByRole("button", { name: "Paste anything" }).click();
  await page.getByLabel("What you have").fill(JSON.stringify(rules));
  await page.getByRole("button", { name: "Put it where it belongs" }).click();
  await page.getByText("1 of 200 match").waitFor();
  await verdict(page, "rule-1", "matches");
  await rule(page, "rule-7")
    .getByText(/`?detail.id`? is 1, expected 7/)
    .waitFor();
  expect(await editor(page, "Event pattern of rule rule-7").count()).toBe(0);
  await page.getByRole("button", { name: "Details of rule rule-7", exact: true }).click();
  await editor(page, "Event pattern of rule rule-7").waitFor();
});

test("a rule can have a schedule, and an effect an event of its own", async ({ page }) => {
  await openExample(page, "");
  await rule(page, "my-rule").getByText("Schedule and description").click();
  await rule(page, "my-rule").getByLabel("Schedule").fill("rate(5 minutes)");
  await rule(page, "my-rule").getByLabel("Schedule").press("Enter");
  const event = page.getByRole("region", { name: "Event", exact: true });
  await event.getByLabel("Add a step").selectOption("time passes");
  const deliveries = page.getByRole("region", { name: "What each target receives" });
  await deliveries
    .getByText(/Scheduled Event/)
    .first()
    .waitFor();
  await page.getByLabel("What follows").selectOption("an event of its own, written below");
  await page.getByRole("button", { name: "Add effect" }).click();
  await page.getByRole("list", { name: "Trace" }).getByText("Work Done").first().waitFor();
});

test("axe finds nothing in the forms, the steps and the notes", async ({ page }) => {
  await openExample(page, "one-statement");
  await page.getByRole("button", { name: /^2:/ }).click();
  await page.getByRole("button", { name: "Let 777788889999 send to orders" }).waitFor();
  await page.getByRole("button", { name: "Add bus" }).click();
  await page.getByLabel("Account of the new bus").fill("1");
  await page.keyboard.press("Enter");
  await rule(page, "new-orders")
    .getByText(/1 target/)
    .click();
  await rule(page, "new-orders").getByText("Schedule and description").click();
  await page.getByText("Settings", { exact: true }).click();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Copy link", exact: true }).click();
  await page
    .getByRole("status", { name: "Notice" })
    .getByText(/The link is/)
    .waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await violations(page), colorScheme).toEqual([]);
  }
});

test("a rule with a schedule says when it fires next, and time that passes moves the clock", async ({ page }) => {
  await openExample(page, "");
  const mine = rule(page, "my-rule");
  await mine.getByText("Schedule and description").click();
  await mine.getByLabel("Schedule", { exact: true }).fill("cron(0 12 ? * MON *)");
  await page.keyboard.press("Tab");
  const times = () =>
    mine
      .getByRole("list", { name: /it fires at/ })
      .getByRole("listitem")
      .allTextContents();
  await mine.getByText("2026-01-05 12:00:00 UTC").waitFor();
  expect(await times()).toEqual(
    ["05", "12", "19", "26"].map((day) => `2026-01-${day} 12:00:00 UTC`).concat("2026-02-02 12:00:00 UTC"),
  );
  await page.getByLabel("Add a step").selectOption("time passes");
  await mine.getByText("The clock stands at 2026-01-01 00:15:00 UTC; it fires at").waitFor();
});

test("what a scenario expects is told line by line, of all its events, and can be edited", async ({ page }) => {
  const target = { Id: "t", Arn: "arn:aws:sqs:us-east-1:123456789012:q" };
  const event = { Source: "shop", DetailType: "Paid", Detail: {} };
  await bring(page, {
    version: 1,
    calls: [
      { operation: "PutRule", input: { Name: "paid", EventPattern: '{"source":["shop"]}' } },
      { operation: "PutTargets", input: { Rule: "paid", Targets: [target] } },
    ],
    events: [event, event],
    expect: { invocationCount: 2, loops: [] },
  });
  const card = page.getByRole("region", { name: "What is expected" });
  // One of the two events is shown; the expectations are of both.
  await card.getByText("all 2 hold").waitFor();
  expect(await page.getByText(/deliveries: 1/).count()).toBe(1);
  await card.locator("summary").click();
  expect(await card.getByRole("listitem").allInnerTexts()).toEqual([
    "holds: invocationCount: expected 2, found 2",
    "holds: number of loops: expected 0, found 0",
  ]);
  await type(page, "Expectations", '{"invocationCount": 3}');
  await card.getByText("1 of 1 fail").waitFor();
  expect(await card.getByRole("listitem").allInnerTexts()).toEqual(["fails: invocationCount: expected 3, found 2"]);
  await type(page, "Expectations", '{"nope": 3}');
  await card.getByText("could not be checked").waitFor();
});

test("what an example expects holds, and goes with the first change", async ({ page }) => {
  const card = page.getByRole("region", { name: "What is expected" });
  await card.getByText(/all \d+ hold/).waitFor();
  await type(page, "Event", '{"source": "x", "detail-type": "y", "detail": {}}');
  await card.getByText("nothing yet").waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await card.getByText(/all \d+ hold/).waitFor();
});

test("events and steps change places by buttons and by dragging, and undo brings them back", async ({ page }) => {
  const named = (DetailType: string) => ({ Source: "shop", DetailType, Detail: {} });
  await bring(page, { version: 1, calls: [], events: ["One", "Two", "Three"].map(named) });
  const group = page.getByRole("group", { name: "Which event is sent" });
  const order = async (): Promise<(string | null)[]> =>
    group.locator(".place button").evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
  await group.getByRole("button", { name: "3: Three" }).waitFor();
  await expect.poll(() => group.getByRole("button", { name: /^Earlier/ }).isDisabled()).toBe(true);
  await group.getByRole("button", { name: "Later: move this event to place 2" }).click();
  expect(await order()).toEqual(["1: Two", "2: One", "3: Three"]);
  // The event that was moved is still the one that is shown.
  expect(await group.getByRole("button", { name: "2: One" }).getAttribute("aria-pressed")).toBe("true");
  await group.getByRole("button", { name: "3: Three" }).dragTo(group.getByRole("button", { name: "1: Two" }));
  expect(await order()).toEqual(["1: Three", "2: Two", "3: One"]);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  expect(await order()).toEqual(["1: Two", "2: One", "3: Three"]);
});

test("an effect's condition and values are forms that leave the rest of its JSON alone", async ({ page }) => {
  await openExample(page, "");
  const target = "arn:aws:lambda:us-east-1:123456789012:function:my-function";
  const emits = '[{"Source":"my.app","DetailType":"Done","Detail":{"n":1.0}}]';
  await type(page, "Effects: what targets do", `[{"target":"${target}","emits":${emits}}]`);
  const text = async (): Promise<string> =>
    (await editor(page, "Effects: what targets do").innerText()).replaceAll(/\s/g, "");
  const trace = page.getByRole("list", { name: "Trace" });
  await trace.getByText("Done").first().waitFor();
  const effects = page.getByRole("region", { name: "What targets do" });
  await effects.getByText("my-function: 1 event of its own").click();

  // Completion knows the operators and the event's fields here too.
  await editor(page, "Condition of effect 1").click();
  await page.keyboard.type('{"det');
  await page.locator(".cm-tooltip-autocomplete").getByText("detail-type").waitFor();
  await page.keyboard.press("Escape");
  await effects.getByText("this is no JSON object yet").waitFor();
  await type(page, "Condition of effect 1", '{"source": ["nobody"]}');
  await expect.poll(text).toContain('"when":{"source":["nobody"]}');
  await trace.getByText("Done").first().waitFor({ state: "detached" });
  await type(page, "Condition of effect 1", " ");
  await expect.poll(text).not.toContain('"when"');
  await trace.getByText("Done").first().waitFor();

  await effects.getByLabel("Name of a new value of effect 1").fill("who");
  await page.keyboard.press("Enter");
  await effects.getByLabel("who of effect 1: paths it is taken from").fill("$.detail.customer, $.source");
  await effects.getByLabel("who of effect 1: what it is otherwise").fill("nobody");
  await page.keyboard.press("Enter");
  await expect.poll(text).toContain('"params":{"who":{"from":["$.detail.customer","$.source"],"default":"nobody"}}');
  expect(await text()).toContain('"n":1.0');
  await effects.getByRole("button", { name: "Remove effect 1" }).click();
  await trace.getByText("Done").first().waitFor({ state: "detached" });
});
