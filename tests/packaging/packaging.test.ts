/** The package as users get it: packed, installed into scratch projects outside this repository, and used there. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bin, capture, npm } from "../../scripts/lib/run.mjs";

const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));
const PROJECTS = fileURLToPath(new URL("projects", import.meta.url));

const scratch = mkdtempSync(join(tmpdir(), "ebsim-packaging-"));
let tarball = "";
let packed: string[] = [];

beforeAll(async () => {
  const answer = JSON.parse(await output(npm("pack", "--json", "--pack-destination", scratch), PKG));
  const [report] = Object.values(answer) as [{ filename: string; files: { path: string }[] }];
  tarball = join(scratch, report.filename);
  packed = report.files.map(({ path }) => path);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("the tarball holds what it must and nothing of the sources", () => {
  expect(packed).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json", "engine_bg.wasm"]));
  expect(packed.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  expect(packed.filter((path) => /\.(rs|map|tgz)$|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: PKG, strict: true, pack: false });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

// `./slim` is an ES module only: as CommonJS it would hold a second engine beside the one of `.`.
test("every import finds its types (are the types wrong?)", async () => {
  const ignored = ["--ignore-rules", "cjs-resolves-to-esm", "--exclude-entrypoints", "./engine.wasm"];
  await output(bin("@arethetypeswrong/cli", "attw", tarball, "--profile", "node16", "--no-emoji", ...ignored));
});

test("an ES module project uses it", async () => {
  const project = await install("esm");
  expect(await output([process.execPath, ["main.mjs"]], project)).toBe("used\n");
});

test("its command runs, with the page and the workers that it brings", async () => {
  const project = await install("esm");
  const ebsim = [process.execPath, [join(project, "node_modules/eventbridge-sim/cli.js")]] as const;
  const run = (...args: string[]): Promise<string> => output([ebsim[0], [...ebsim[1], ...args]], project);
  expect(await run("test", "-p", '{"a":[1]}', "-e", '{"a":1}')).toMatch(/^matches\n/);
  writeFileSync(join(project, "events.jsonl"), '{"a":1}\n{"a":2}\n');
  const rules = ["--rules", '{"one":{"a":[1]}}'];
  expect(await run("match", ...rules, "--events", "events.jsonl", "--jobs", "2")).toBe('["one"]\n[]\n');
  expect(readdirSync(join(project, "node_modules/.bin"))).toContain("ebsim");
  expect(packed).toContain("page/index.html");
});

test("a CommonJS project uses it", async () => {
  const project = await install("cjs");
  expect(await output([process.execPath, ["main.cjs"]], project)).toBe("used\n");
});

test("a vitest project uses it, and its matchers as the reference shows them", async () => {
  const project = await install("vitest");
  writeFileSync(join(project, "reference.test.mjs"), example("vitest"));
  const cli = join(project, "node_modules/vitest/vitest.mjs");
  expect(await output([process.execPath, [cli, "run"]], project)).toMatch(/Tests\s+\d+ passed/);
});

test("a jest project uses it and its matchers, in Node and in jsdom", async () => {
  const project = await install("jest");
  writeFileSync(join(project, "reference.test.js"), example("jest"));
  const cli = join(project, "node_modules/jest/bin/jest.js");
  for (const config of ["node.json", "jsdom.json"]) {
    await output([process.execPath, [cli, "--config", config]], project);
  }
});

test("its types hold for ES module, CommonJS and bundler importers", async () => {
  const project = await install("types");
  await output(bin("typescript", "tsc", "-p", "."), project);
  const bundler = ["--module", "esnext", "--moduleResolution", "bundler"];
  const files = readdirSync(project).filter((file) => file.endsWith(".mts"));
  const options = ["--noEmit", "--strict", "--target", "es2022", "--ignoreConfig", ...bundler];
  await output(bin("typescript", "tsc", ...options, ...files), project);
  const plain = ["--module", "nodenext", "--lib", "es2022", "--types", ""];
  await output(bin("typescript", "tsc", ...options.slice(0, -bundler.length), ...plain, "plain.mts"), project);
});

/** A block of code of the reference's page about testing. */
function example(runner: string): string {
  const page = readFileSync(new URL("../../www/reference/testing.md", import.meta.url), "utf8");
  const block = new RegExp(`^\`\`\`js ${runner}\\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1];
  if (block === undefined) throw new Error(`testing.md has no block for ${runner}`);
  return block;
}

/** Copies a project of `projects/` into the scratch folder and installs the tarball there. */
async function install(name: string): Promise<string> {
  const project = join(scratch, name);
  cpSync(join(PROJECTS, name), project, { recursive: true });
  await output(npm("install", "--no-audit", "--no-fund", "--prefer-offline", tarball), project);
  return project;
}

/** What a command prints; when it fails, that is the message of the error. */
async function output([command, args]: [string, string[]], cwd?: string): Promise<string> {
  const env = { NO_COLOR: "1", FORCE_COLOR: undefined };
  const { code, stdout, stderr } = await capture(command, args, { ...(cwd && { cwd }), env });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}
