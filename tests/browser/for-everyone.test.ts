/** WCAG 2.2 AA: axe on every view in both colour schemes, the main job by keyboard alone, narrow and enlarged. */
import type { Page } from "playwright-core";
import { editor, exampleIds, openExample, paste, problemsOf, rule } from "./at-the-page.js";
import { violations } from "./axe.js";
import { expect, stands, test } from "./harness.js";

const steps = (page: Page) => page.getByRole("slider", { name: "Steps shown" });

const views: [string, (page: Page) => Promise<void>][] = [
  ["a loop", async () => undefined],
  [
    "a loop that is watched, and the panel of a node",
    async (page) => {
      await steps(page).fill("4");
      await page.locator(".node[data-kind=rule]").first().click();
      await page.getByRole("region", { name: /^What rule / }).waitFor();
    },
  ],
  [
    "rules that do not match, and why",
    async (page) => {
      await openExample(page, "near-misses");
      await rule(page, "wrong-case")
        .getByText(/Why not/)
        .click();
      await editor(page, "Event pattern of rule wrong-case").focus();
      await page.waitForTimeout(200);
    },
  ],
  ["a route with deliveries", (page) => openExample(page, "orders")],
  [
    "broken texts",
    async (page) => {
      await openExample(page, "orders");
      await paste(page, "Event", "{nope");
      await problemsOf(page, "Event").first().waitFor();
    },
  ],
  ["a blank page", (page) => openExample(page, "")],
  ["the paste dialog", (page) => page.getByRole("button", { name: "Paste anything" }).click()],
  ["the share menu", (page) => page.getByRole("button", { name: "Share" }).click()],
  [
    "a phone",
    async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
    },
  ],
  [
    "the page of embeds",
    async (page) => {
      await page.goto(page.url().replace(/sim\/.*/, "sim/embed.html"));
      for (const at of [0, 1, 2]) await page.locator("eventbridge-sim").nth(at).scrollIntoViewIfNeeded();
      await page.getByText("Loop, proven").waitFor();
    },
  ],
  [
    "the reference",
    async (page) => {
      await page.goto(page.url().replace(/sim\/.*/, "sim/reference/lints.html"));
    },
  ],
];

test.for(views)("axe finds nothing in light and dark: %s", async ([, open], { page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open(page);
  expect(await violations(page), "in light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await violations(page), "in dark").toEqual([]);
});

/** What the keyboard is on: its name, through all shadow roots. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!(element instanceof Element)) return "";
    const labels = element instanceof HTMLSelectElement ? element.labels[0]?.firstChild?.textContent : undefined;
    return (element.getAttribute("aria-label") ?? labels ?? element.textContent ?? "").trim().replace(/\s+/g, " ");
  });
}

/** Presses Tab until the keyboard is on what has this name. */
async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let at = 0; at < 120; at += 1) {
    const now = await focused(page);
    if (name.test(now)) return;
    seen.push(now.slice(0, 40));
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never leads to ${name}; it led to ${seen.join(" | ")}`);
}

test("the main job is done by keyboard alone", async ({ page }) => {
  // Open an example.
  await tabTo(page, /^Example/);
  const chosen = (): Promise<string> => page.getByLabel("Example").inputValue();
  await page.keyboard.press("Home");
  for (let at = 0; at < 60 && (await chosen()) !== "near-misses"; at += 1) await page.keyboard.press("ArrowDown");
  expect(await chosen()).toBe("near-misses");
  await rule(page, "wrong-case").getByText("no match", { exact: true }).waitFor();

  // See why a rule does not match.
  await tabTo(page, /^Event pattern of rule wrong-case$/);
  await tabTo(page, /^Why not\?/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Why wrong-case does not match" }).getByText("only the case differs").waitFor();

  // Edit its pattern.
  await tabTo(page, /^Event pattern of rule wrong-case$/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText('{ "detail": { "state": ["stopped"] } }');
  await rule(page, "wrong-case").getByText("matches", { exact: true }).waitFor();

  // Edit the event.
  await tabTo(page, /^Event$/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText('{ "source": "aws.ec2", "detail-type": "x", "detail": { "state": "running" } }');
  await rule(page, "wrong-case").getByText("no match", { exact: true }).waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await rule(page, "wrong-case").getByText("matches", { exact: true }).waitFor();

  // Follow the way, step by step, and open a node.
  await tabTo(page, /^Steps shown$/);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  expect(await steps(page).getAttribute("aria-valuetext")).toMatch(/^Step 1 of \d+: event /);
  await page.keyboard.press("ArrowRight");
  await tabTo(page, /^rule .*: matches/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: /^What rule .* saw$/ }).waitFor();
  await tabTo(page, /^Close$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Trace$/);
});

test("at 200 % and 400 % nothing is cut off, and nothing scrolls sideways", async ({ page }) => {
  const ids = (await exampleIds(page)).slice(0, 6);
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 450 });
    for (const id of ids) {
      await openExample(page, id);
      await stands(page);
      const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrollWidth, `${id} at ${width}`).toBeLessThanOrEqual(width);
    }
  }
});

test("the focus is always to be seen", async ({ page }) => {
  await openExample(page, "orders");
  const blind: string[] = [];
  for (let at = 0; at < 60; at += 1) {
    await page.keyboard.press("Tab");
    const name = await focused(page);
    const shown = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      for (let it: Element | null = element; it; it = it.parentElement) {
        const { outlineStyle, boxShadow } = getComputedStyle(it);
        if (outlineStyle !== "none" || (boxShadow !== "none" && it.matches(":focus-within"))) return true;
        if (it.matches("rect.hit") && getComputedStyle(it).strokeWidth === "3px") return true;
      }
      return element === document.body;
    });
    if (!shown) blind.push(name);
  }
  expect(blind).toEqual([]);
});
