// Every ```html example of the documents runs in a real browser, from a folder where the package is installed.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveFolder } from "../../scripts/lib/static-server.mjs";
import { expect, test } from "./harness.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const references = readdirSync(join(root, "www/reference")).map((name) => `www/reference/${name}`);

const examples = ["README.md", ...references]
  .filter((name) => name.endsWith(".md") && existsSync(join(root, name)))
  .flatMap((name) =>
    [...readFileSync(join(root, name), "utf8").matchAll(/^```html\n(.*?)^```$/gms)].map(([, html = ""]) => ({
      name,
      html,
    })),
  );

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(0);
});

for (const [index, { name, html }] of examples.entries()) {
  test(`html example ${index + 1}, of ${name}, runs and shows something`, async ({ browser }) => {
    const folder = mkdtempSync(join(tmpdir(), "eventbridge-sim-example-"));
    for (const place of ["eventbridge-sim", "node_modules/eventbridge-sim"]) {
      cpSync(join(root, "pkg"), join(folder, place), { recursive: true });
    }
    writeFileSync(
      join(folder, "index.html"),
      `<!doctype html><title>Example</title><link rel="icon" href="data:,"><body>${html}`,
    );
    const server = await serveFolder(folder, { prefix: "/somewhere/" });
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(server.url);
    // The script's own text is no content of the page.
    await expect.poll(() => page.evaluate(shownText), { timeout: 20_000 }).not.toBe("");
    expect(problems).toEqual([]);
    await page.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
}

/** Runs in the page: what is to be read there, in shadow roots too. */
function shownText(): string {
  const roots = [...document.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? []);
  return [document.body, ...roots.flatMap((root) => [...root.children] as HTMLElement[])]
    .map((element) => element.innerText)
    .join("")
    .trim();
}
