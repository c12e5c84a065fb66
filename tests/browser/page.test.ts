/** The main job: rules answer an event, and say why not. */
import { editor, openExample, problemsOf, result, rule, type } from "./at-the-page.js";
import { expect, test } from "./harness.js";

test("the page starts the engine and opens on a loop that explains itself", async ({ page }) => {
  await page.getByText(/Engine \d+\.\d+/).waitFor();
  expect(await page.title()).toBe("EventBridge simulator");
  await result(page).getByRole("alert").first().waitFor();
});

test("a rule that does not match names the field and the reason", async ({ page }) => {
  await openExample(page, "near-misses");
  await rule(page, "right").getByText("matches", { exact: true }).waitFor();
  const wrongCase = rule(page, "wrong-case");
  await wrongCase.getByText("no match", { exact: true }).waitFor();
  const why = await wrongCase.getByRole("list", { name: "Field by field" }).innerText();
  expect(why).toContain("detail.state");
  expect(why).toContain("stopped");
  for (const [name, path] of [
    ["wrong-field", "detailType"],
    ["wrong-separator", "resources"],
    ["wrong-place", "state"],
    ["wrong-type", "account"],
  ] as const) {
    const reasons = rule(page, name).getByRole("list", { name: "Field by field" });
    expect(await reasons.innerText(), name).toContain(path);
    expect(await rule(page, name).getByText("no match", { exact: true }).count(), name).toBe(1);
  }
});

test("the answer follows as one types", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  const name = "instance-went-away";
  await rule(page, name).getByText("matches", { exact: true }).waitFor();
  await type(page, `Event pattern of rule ${name}`, '{"source": ["aws.ec2"], "detail": {"state": ["running"]}}');
  await rule(page, name).getByText("no match", { exact: true }).waitFor();
  expect(await rule(page, name).innerText()).toContain("detail.state");
  await type(
    page,
    "Event",
    '{"source":"aws.ec2","detail-type":"x","detail":{"state":"running"},"id":"1","time":"2026-05-04T08:15:30Z","account":"123456789012","region":"us-east-1","resources":[]}',
  );
  await rule(page, name).getByText("matches", { exact: true }).waitFor();
});

test("an AWS source enters by itself, an application by PutEvents on the bus it chooses", async ({ page }) => {
  await openExample(page, "s3-object-created");
  await page.getByText("from an AWS service").waitFor();
  await openExample(page, "orders");
  const event = page.getByRole("region", { name: "Event", exact: true });
  await event.getByText("PutEvents", { exact: true }).waitFor();
  await rule(page, "all-orders").getByText("matches", { exact: true }).waitFor();
  await event.getByLabel("Bus the event goes to").selectOption("default");
  await rule(page, "all-orders").getByText("not asked", { exact: true }).waitFor();
});

test("a pattern that never matches is told so, and a fix is one click", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  const name = "Event pattern of rule instance-went-away";
  await type(page, name, '{"source": ["aws.ec2"], "account": [123456789012]}');
  const problem = problemsOf(page, name).filter({ hasText: "never equals" });
  await problem.waitFor();
  expect(await problem.getAttribute("data-code")).toBe("EB007");
  await rule(page, "instance-went-away").getByText("no match", { exact: true }).waitFor();
  await problem.getByRole("button", { name: "Fix: put it into quotes" }).click();
  await rule(page, "instance-went-away").getByText("matches", { exact: true }).waitFor();
  expect(await editor(page, name).innerText()).toContain('"account": ["123456789012"]');
  expect(await problemsOf(page, name).count()).toBe(0);
});

test("each target shows what it received, and the trace tells the whole way", async ({ page }) => {
  await openExample(page, "orders");
  const deliveries = page.getByRole("region", { name: "What each target receives" });
  await deliveries.getByText("order-archive").first().waitFor();
  expect(await deliveries.getByLabel("Input as delivered").first().innerText()).toContain('"orderId": "A-1009"');
  const trace = await page.getByRole("list", { name: "Trace" }).innerText();
  expect(trace).toContain("event Order Placed from shop.orders");
  expect(trace).toContain("event Order Packed from shop.packing");
  expect(trace).toContain("target book-courier delivered");
});

test("rules and buses can be added, changed and removed", async ({ page }) => {
  await openExample(page, "");
  await rule(page, "my-rule").getByText("matches", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add bus" }).click();
  await page.getByLabel("Name of the new bus").fill("mine");
  await page.keyboard.press("Enter");
  await rule(page, "my-rule").getByLabel("on bus").selectOption("mine");
  await rule(page, "my-rule").getByText("not asked", { exact: true }).waitFor();
  await page.getByLabel("Bus the event goes to").selectOption("mine");
  await rule(page, "my-rule").getByText("matches", { exact: true }).waitFor();
  await rule(page, "my-rule").getByLabel("enabled").uncheck();
  await rule(page, "my-rule").getByText("disabled", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add rule" }).click();
  await rule(page, "rule-2").waitFor();
  await page.getByRole("button", { name: "Remove rule my-rule" }).click();
  await rule(page, "my-rule").waitFor({ state: "detached" });
});

test("every editor can be reached and left by the keyboard", async ({ page }) => {
  await openExample(page, "ec2-state-change");
  await editor(page, "Event").focus();
  await page.keyboard.press("Tab");
  const left = await editor(page, "Event").evaluate((element) => !element.matches(":focus"));
  expect(left).toBe(true);
  expect(await problemsOf(page, "Event").count()).toBe(0);
});
