/** What axe finds wrong with a page, as short sentences. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS: RunOptions = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

/** Holds the page, shadow roots included, against WCAG 2.2 at the levels A and AA. */
export async function violations(page: Page): Promise<string[]> {
  // An answer that is about to change is shown faint.
  await page.locator("ebs-analysis[aria-busy]").waitFor({ state: "detached" });
  // By the debugger's door: the page's own policy would refuse the script.
  await page.evaluate(SOURCE);
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(OPTIONS)})`)) as AxeResults;
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary?.split("\n")[1]?.trim()}`,
    ),
  );
}
