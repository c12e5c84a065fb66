// `ebsim check --format sarif`: valid by the standard's own schema, and every region is the text that it is about.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { lint } from "eventbridge-sim";
import { afterAll, expect, test, vi } from "vitest";
import { titles } from "../../src/js/cli/sarif.js";

// Each test starts a process, which takes a while where others do too.
vi.setConfig({ testTimeout: 60_000 });

interface Region {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

interface Log {
  runs: {
    tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region?: Region } }[];
      fixes?: {
        artifactChanges: { replacements: { deletedRegion: Region; insertedContent: { text: string } }[] }[];
      }[];
    }[];
  }[];
}

const cli = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
const scenarios = fileURLToPath(new URL("../scenarios/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ebsim-sarif-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const require = createRequire(import.meta.url);
// The schema is in a package of Microsoft's, beside the very version of ajv that reads its dialect.
const ofMatchers = createRequire(require.resolve("@microsoft/jest-sarif"));
const Ajv = ofMatchers("ajv") as new (
  options: object,
) => {
  addMetaSchema(schema: unknown): void;
  compile(schema: unknown): ((value: unknown) => boolean) & { errors?: unknown };
};
const ajv = new Ajv({ allErrors: true, logger: false, schemaId: "auto" });
ajv.addMetaSchema(ofMatchers("ajv/lib/refs/json-schema-draft-04.json"));
const isValid = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

function sarif(...files: string[]): Log["runs"][0] {
  const { stdout, stderr } = spawnSync(process.execPath, [cli, "check", "--format", "sarif", ...files], {
    encoding: "utf8",
    cwd: scratch,
  });
  expect(stderr).toBe("");
  const log = JSON.parse(stdout) as Log;
  expect(isValid(log), JSON.stringify(isValid.errors, null, 2)).toBe(true);
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return run;
}

/** What stands in a region. */
function textIn(text: string, { startLine, startColumn, endLine, endColumn }: Region): string {
  const lines = text.split("\n").slice(startLine - 1, endLine);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? startColumn - 1 : 0, index === last ? endColumn - 1 : line.length))
    .join("\n");
}

function scenario(name: string, pattern: string): string {
  const input = { Description: 'é \\ }] " \u2028 \ud83d\ude00', Name: "r", EventPattern: pattern };
  const text = JSON.stringify({ version: 1, calls: [{ operation: "PutRule", input }] }, null, 2).replaceAll(
    "\n",
    "\r\n",
  );
  writeFileSync(join(scratch, name), text);
  return text;
}

test("findings of a pattern stand at their places in the file, and fixes put them right there", () => {
  const text = scenario(
    "a b.json",
    '{\n\t"source": ["shop"],\n\t"detailType": ["\\u00e9\\"x"], "detail": { "n": ["*"] }\n}',
  );
  const { results, tool } = sarif("a b.json");
  const [found] = results.filter(({ ruleId }) => ruleId === "EB005");
  if (found === undefined) throw new Error("no EB005");
  expect(tool.driver.rules[found.ruleIndex]).toEqual({ id: "EB005", shortDescription: { text: titles.EB005 } });
  expect(found.level).toBe("warning");
  expect(found.message.text).toMatch(/^rule r: no event has a field `detailType`/);
  const { artifactLocation, region } = found.locations[0]?.physicalLocation ?? {};
  expect(artifactLocation).toEqual({ uri: "a%20b.json" });
  expect(region && textIn(text, region)).toBe('\\"detailType\\"');
  const edits = found.fixes?.[0]?.artifactChanges[0]?.replacements ?? [];
  expect(edits.map(({ deletedRegion }) => textIn(text, deletedRegion))).toHaveLength(edits.length);
  const [edit] = edits;
  if (edit === undefined) throw new Error("no edit");
  const fixed = text.replace(textIn(text, edit.deletedRegion), () => edit.insertedContent.text);
  const { calls } = JSON.parse(fixed) as { calls: { input: { EventPattern: string } }[] };
  expect(lint(calls[0]?.input.EventPattern ?? "").map(({ code }) => code)).not.toContain("EB005");
});

test("what keeps a scenario from being loaded stands at its place", () => {
  const text = '{ "version": 1,\n  "calls": [{ "operation": "PutRulez", "input": {} }] }';
  writeFileSync(join(scratch, "bad.json"), text);
  const { results } = sarif(join(scratch, "bad.json"));
  expect(results).toMatchObject([{ ruleId: "InvalidScenarioError", level: "error" }]);
  const { artifactLocation, region } = results[0]?.locations[0]?.physicalLocation ?? {};
  expect(artifactLocation?.uri).toBe(pathToFileURL(join(scratch, "bad.json")).href);
  expect(region && textIn(text, region)).toContain("PutRulez");
});

test("loops and rules that lie ill to each other stand at the names of their rules", () => {
  const path = join(scenarios, "s3-acl-loop.json");
  const text = readFileSync(path, "utf8");
  const [found] = sarif(path).results.filter(({ ruleId }) => ruleId === "loop-proven");
  const { region } = found?.locations[0]?.physicalLocation ?? {};
  const { calls } = JSON.parse(text) as { calls: { input: { Name: string } }[] };
  expect(region && textIn(text, region)).toBe(JSON.stringify(calls[0]?.input.Name));
});

test("all scenarios of the project give a valid log", () => {
  const files = readdirSync(scenarios).filter((name) => name.endsWith(".json"));
  const { results } = sarif(...files.map((name) => join(scenarios, name)));
  for (const { ruleId, locations } of results) {
    expect(locations[0]?.physicalLocation.region, ruleId).toBeDefined();
  }
});

test("every code of the reference has a title", () => {
  const pages = ["lints.md", "rule-lints.md"].map((name) =>
    readFileSync(new URL(`../../www/reference/${name}`, import.meta.url), "utf8"),
  );
  const codes = pages.flatMap((page) => page.match(/^(?:## |\| `)EB0\d\d/gm) ?? []).map((found) => found.slice(-5));
  expect(codes.length).toBeGreaterThan(20);
  expect(Object.keys(titles)).toEqual(expect.arrayContaining(codes));
});
