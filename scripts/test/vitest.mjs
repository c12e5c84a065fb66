// The suites in TypeScript, run by vitest and counted from its JSON report.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { inRoot } from "../lib/paths.mjs";
import { bin, tee } from "../lib/run.mjs";

/** Runs one project of tests/vitest.config.ts. */
export async function vitest(project, env = {}) {
  const report = inRoot(`target/test-results/${project}.json`);
  rmSync(report, { force: true });
  const config = ["--config", inRoot("tests/vitest.config.ts"), "--project", project];
  const reporters = ["--reporter", "default", "--reporter", "json", `--outputFile.json=${report}`];
  const { code } = await tee(...bin("vitest", "vitest", "run", ...config, ...reporters), { env });
  return counted(report, code);
}

/** A file that does not load counts as one failure; so does a test that was skipped. */
function counted(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  let passed = 0;
  let failed = 0;
  for (const { status, assertionResults } of testResults) {
    const good = assertionResults.filter((test) => test.status === "passed").length;
    passed += good;
    failed += assertionResults.length - good;
    if (status === "failed" && good === assertionResults.length) failed += 1;
  }
  if (code !== 0 && failed === 0) failed = 1;
  return { passed, failed };
}
