// Every ```js example of the documents runs, as it is printed, and prints what its comments say.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
// Under the project, so that `eventbridge-sim` is found as a user's project finds it.
const scratch = `${root}target/examples/`;

const references = readdirSync(`${root}www/reference`)
  .filter((name) => name.endsWith(".md"))
  .map((name) => `www/reference/${name}`);

describe.each(["README.md", ...references].filter((name) => existsSync(root + name)))("%s", (name) => {
  const document = readFileSync(root + name, "utf8");
  const examples = [...document.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = ""]) => code);

  // A page without examples is fine, but a test file of vitest wants a test for each.
  test("has its examples closed", () => {
    expect(document.match(/^```/gm)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0);
  });

  test.each(examples.map((code, index) => [index + 1, code] as const))("example %i runs", (index, code) => {
    mkdirSync(scratch, { recursive: true });
    const file = `${scratch}${name.replaceAll("/", "-")}-${index}.mjs`;
    writeFileSync(file, code);
    const printed = execFileSync(process.execPath, [file], { cwd: scratch, encoding: "utf8" });
    const promised = [...code.matchAll(/console\.log\(.*\);(?: |\n)\/\/ (.+)$/gm)].map(([, text]) => text);
    for (const line of promised) expect(printed.split("\n")).toContain(line);
  });
});
