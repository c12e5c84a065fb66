/** On a phone, in the dark, with motion off. */
import { exampleIds, openExample, result } from "./at-the-page.js";
import { expect, test } from "./harness.js";

test("at 390 pixels no example makes the page scroll sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const id of await exampleIds(page)) {
    await openExample(page, id);
    await page.getByRole("list", { name: "Trace" }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, id).toBeLessThanOrEqual(390);
  }
});

test("the parts of the page are one tap away, and a loop shows without scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("navigation").getByRole("button", { name: "1 loop" }).click();
  await result(page).getByText("Loop, proven").waitFor();
  const top = await result(page).evaluate((element) => element.getBoundingClientRect().top);
  expect(top).toBeLessThan(120);
});

test("the theme follows the system and can be turned", async ({ page }) => {
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.getByRole("button", { name: "Theme: auto" }).click();
  expect(await background()).toBe(light);
  await page.getByRole("button", { name: "Theme: light" }).click();
  expect(await background()).toBe(dark);
});

test("nothing moves where motion is not wanted", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const way = page.locator("path.edge.loop.back").first();
  await way.waitFor();
  expect(await way.evaluate((element) => getComputedStyle(element).animationName)).toBe("none");
});
