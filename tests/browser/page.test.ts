import { expect, test } from "./harness.js";

test("the page starts the engine", async ({ page }) => {
  await page.getByText("engine 0.").waitFor();
  expect(await page.title()).toBe("EventBridge simulator");
});
