/** Names and texts are data. None of them becomes markup, and the page's policy would refuse it if it did. */
import { openExample, paste, problemsOf, type } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const HOSTILE = '<img src=x onerror="globalThis.pwned = 1"><script>globalThis.pwned = 1</script>';

test("hostile names and values stay text", async ({ page }) => {
  await openExample(page, "");
  const text = JSON.stringify(HOSTILE);
  await type(page, "Event pattern of rule my-rule", `{"source": [{"prefix": ""}], "detail": {${text}: [${text}]}}`);
  await paste(page, "Event", `{"source": ${text}, "detail-type": ${text}, "detail": {${text}: ${text}}}`);
  await page.getByRole("list", { name: "Trace" }).getByText("<img src=x").first().waitFor();
  await paste(
    page,
    "Effects: what targets do",
    `[{"target": "*", "emits": [{"Source": ${text}, "DetailType": ${text}, "Detail": {}}]}]`,
  );
  await page.waitForFunction(() => true);
  await paste(page, "Event pattern of rule my-rule", `{"source": [{${text}: 1}]}`);
  await problemsOf(page, "Event pattern of rule my-rule").first().waitFor();
  await page.getByLabel("Name of the rule").fill(HOSTILE);
  await page.keyboard.press("Enter");
  await page.getByText("Where the event goes").waitFor();

  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(await page.locator("img, ebs-app script, iframe").count()).toBe(0);
});

test("the policy of the page allows its own files and nothing inline", async ({ page }) => {
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).not.toContain("'unsafe-eval'");
});
