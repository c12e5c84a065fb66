/** The event's way, watched: played, paused, stepped, scrubbed; and what each node of it saw. */
import type { Locator, Page } from "playwright-core";
import { bring, openExample, result } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const controls = (page: Page): Locator => page.getByRole("group", { name: "Watch the event's way" });
const steps = (page: Page): Locator => controls(page).getByRole("slider", { name: "Steps shown" });
const lit = (page: Page): Promise<(string | undefined)[]> =>
  page.locator(".node.lit").evaluateAll((nodes) => nodes.map((node) => (node as SVGElement).dataset.kind));
const now = (page: Page): Locator => page.getByRole("list", { name: "Trace" }).locator('[aria-current="step"]');

test("it plays by itself at a speed that can be read, and pauses", async ({ page }) => {
  await controls(page).getByRole("button", { name: "Watch" }).click();
  await expect.poll(async () => Number(await steps(page).inputValue())).toBeGreaterThanOrEqual(2);
  await controls(page).getByRole("button", { name: "Pause" }).click();
  const at = await steps(page).inputValue();
  await page.waitForTimeout(1500);
  expect(await steps(page).inputValue()).toBe(at);
  await controls(page).getByRole("button", { name: "Watch" }).click();
  await expect.poll(() => steps(page).inputValue()).toBe(await steps(page).getAttribute("max"));
  await controls(page).getByRole("button", { name: "Watch" }).waitFor();
});

test("stepped and scrubbed, graph and trace show the way so far", async ({ page }) => {
  const last = Number(await steps(page).getAttribute("max"));
  expect(last).toBe(6);
  await steps(page).fill("0");
  expect(await lit(page)).toEqual([]);
  expect(await now(page).count()).toBe(0);
  const on = controls(page).getByRole("button", { name: "One step on" });
  await on.click();
  expect(await lit(page)).toEqual(["event", "bus"]);
  expect(await now(page).innerText()).toContain("sent by an AWS service");
  await on.click();
  await on.click();
  expect(await lit(page)).toEqual(["event", "bus", "rule", "target"]);
  expect(await page.locator("path.edge.loop.back").count()).toBe(0);
  await on.click();
  expect(await page.locator("path.edge.loop.back.current").count()).toBe(1);
  expect(await result(page).locator(".label.loop text").innerHTML()).toContain("×1");
  expect(await page.locator(".node[data-kind=bus] text.state").innerHTML()).toContain("×2");
  await steps(page).fill("6");
  expect(await page.locator('.node[data-kind="target"]').getAttribute("data-state")).toBe("loop-stopped");
  await controls(page).getByRole("button", { name: "One step back" }).click();
  expect(await steps(page).inputValue()).toBe("5");
  expect(await steps(page).getAttribute("aria-valuetext")).toContain("Step 5 of 6: rule");
  await controls(page).getByRole("button", { name: "Show all" }).click();
  expect(await now(page).count()).toBe(0);
  expect(await page.locator("path.edge.loop.back").count()).toBe(1);
});

test("a row of the trace leads to its step", async ({ page }) => {
  await page.getByRole("list", { name: "Trace" }).getByText("loop stopped").click();
  expect(await steps(page).inputValue()).toBe("6");
  await now(page).getByText("loop stopped").waitFor();
});

test("each node opens what it saw and why", async ({ page }) => {
  await openExample(page, "near-misses");
  await page.locator('.node[data-kind="rule"][data-state="no-match"]').first().click();
  const saw = page.getByRole("region", { name: /^What / }).filter({ has: page.getByRole("button", { name: "Close" }) });
  expect(await saw.innerText()).toMatch(/It was asked \d+ times?[\s\S]*no match[\s\S]*expected/);
  await openExample(page, "orders");
  await page.locator('.node[data-kind="target"].lit').first().click();
  expect(await saw.innerText()).toMatch(/It was invoked 1 time\.[\s\S]*delivered by rule/);
  await saw.getByText("What it received").click();
  expect(await saw.locator("pre").innerText()).toContain("orderId");
  await page.locator('.node[data-kind="bus"].lit').first().click();
  expect(await saw.innerText()).toMatch(/events? came here[\s\S]*rules match/);
  await saw.getByRole("button", { name: "Close" }).click();
  await saw.waitFor({ state: "detached" });
});

test("the graph is walked by the arrow keys, and Enter opens a node", async ({ page }) => {
  await page.locator('.hit[tabindex="0"]').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const focused = page.locator(".hit:focus");
  const name = await focused.getAttribute("aria-label");
  expect(name).toMatch(/^(rule|bus|target|event) .*: /);
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: `What ${name?.split(":")[0]} saw` }).waitFor();
  expect(await focused.getAttribute("aria-pressed")).toBe("true");
});

test("an edit ends watching and shows the new answer", async ({ page }) => {
  await steps(page).fill("2");
  await openExample(page, "orders");
  await page.getByRole("list", { name: "Trace" }).getByText("Order Packed").first().waitFor();
  expect(await steps(page).inputValue()).toBe(await steps(page).getAttribute("max"));
});

test("no dot runs where motion is not wanted", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await steps(page).fill("4");
  await page.waitForTimeout(100);
  expect(await page.locator("circle.dot").getAttribute("visibility")).toBe("hidden");
});

/** Rules by the dozen, each with a queue; the last ones match. */
function dozens(count: number): object {
  const calls = Array.from({ length: count }, (_, at) => [
    { operation: "PutRule", input: { Name: `rule-${at}`, EventPattern: `{"detail":{"n":[{"numeric":["<",${at}]}]}}` } },
    {
      operation: "PutTargets",
      input: { Rule: `rule-${at}`, Targets: [{ Id: "t", Arn: `arn:aws:sqs:us-east-1:123456789012:q${at}` }] },
    },
  ]).flat();
  return { version: 1, calls, events: [{ Source: "shop", DetailType: "x", Detail: { n: count - 3 } }] };
}

test("the graph of thirty rules scrolls in its own frame, can be zoomed by mouse and keyboard, and follows the event", async ({
  page,
}) => {
  await bring(page, dozens(30));
  await page.getByText("2 of 30 match").waitFor();
  const zoom = page.getByRole("group", { name: "Size of the drawing" });
  const size = zoom.getByRole("status");
  const frame = page.locator(".frame.bounded");
  // As wide as the frame, and so that it can be read.
  expect(Number.parseInt(await size.innerText(), 10)).toBeGreaterThanOrEqual(75);
  const { height } = (await frame.boundingBox()) ?? { height: 0 };
  expect(height).toBeLessThan(600);
  const inside = (name: string): Promise<boolean> =>
    frame.evaluate((element, id) => {
      const [outer, node] = [
        element.getBoundingClientRect(),
        element.querySelector(`.node[data-node="${CSS.escape(id)}"]`),
      ];
      const box = node?.getBoundingClientRect();
      return box !== undefined && box.top >= outer.top && box.bottom <= outer.bottom;
    }, name);
  expect(await inside("event")).toBe(true);

  // Stepping to a rule at the end brings it into the frame.
  for (let at = 0; at < 2; at += 1)
    await controls(page)
      .getByRole("slider")
      .fill(String(at + 1));
  const current = await page.locator(".node.current").getAttribute("data-node");
  expect(await inside(current ?? "")).toBe(true);

  await zoom.getByRole("button", { name: "Fit" }).click();
  const whole = await frame.evaluate((element) => element.scrollHeight <= element.clientHeight + 1);
  expect(whole).toBe(true);
  await page.locator('.hit[tabindex="0"]').focus();
  const before = Number.parseInt(await size.innerText(), 10);
  await page.keyboard.press("+");
  expect(Number.parseInt(await size.innerText(), 10)).toBeGreaterThan(before);
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  expect(Number.parseInt(await size.innerText(), 10)).toBeLessThan(before);
  await page.keyboard.press("0");
  expect(Number.parseInt(await size.innerText(), 10)).toBe(before);
  // A small one has no frame.
  await openExample(page, "near-misses");
  await zoom.waitFor({ state: "detached" });
});
