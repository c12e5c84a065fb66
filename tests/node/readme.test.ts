// Every ```js example of the documents runs, as it is printed, and prints or comes to what its comments say; the commands of
// `ebsim` print what stands below them.
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
    writeFileSync(file, checked(code));
    const printed = execFileSync(process.execPath, [file], { cwd: scratch, encoding: "utf8" });
    const promised = [...code.matchAll(/console\.log\(.*\);(?: |\n)\/\/ (.+)$/gm)].map(([, text]) => text);
    for (const line of promised) expect(printed.split("\n")).toContain(line);
  });
});

test("the commands of `ebsim` print what the reference says", () => {
  const page = readFileSync(`${root}www/reference/cli.md`, "utf8");
  const examples = [...page.matchAll(/^```sh\nebsim (.*)\n```\n\n```text\n(.*?)^```$/gms)];
  expect(examples.length).toBeGreaterThan(0);
  for (const [, args, output] of examples) {
    const command = `'${process.execPath}' '${root}pkg/cli.js' ${args} || true`;
    expect(execFileSync("sh", ["-c", command], { encoding: "utf8" }), args).toBe(output);
  }
});

/** The same program, in which `expression; // value` is an assertion. Comments that are no values are left alone. */
function checked(code: string): string {
  const lines = code.split("\n").map((line) => {
    const [, expression, value] = /^([\w(].*?); +\/\/ (["{[\d].*|true|false|null)$/.exec(line) ?? [];
    if (expression === undefined || value === undefined || /^(const|let|import|console|assert)\b/.test(line))
      return line;
    return isValue(value) ? `__assert.deepEqual(${expression}, ${value});` : line;
  });
  return `import __assert from "node:assert/strict";\n${lines.join("\n")}`;
}

function isValue(text: string): boolean {
  try {
    // A value and nothing else: it is a literal of our own documents.
    new Function(`return (${text});`)();
    return true;
  } catch {
    return false;
  }
}
