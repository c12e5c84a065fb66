// The Rust suites: all tests and documentation examples, and the conformance run, counted from what they print.
import { Failure } from "../lib/log.mjs";
import { capture, run, tee } from "../lib/run.mjs";

const CONFORMANCE = "conformance";

/** Unit tests, every file of tests/ but the conformance run, and the examples in the documentation. */
export async function rustTests() {
  const targets = (await testTargets()).filter((name) => name !== CONFORMANCE);
  const chosen = ["--lib", ...targets.flatMap((name) => ["--test", name])];
  const tests = counted(await tee("cargo", ["test", "--no-fail-fast", ...chosen]));
  const examples = counted(await tee("cargo", ["test", "--doc"]));
  return { passed: tests.passed + examples.passed, failed: tests.failed + examples.failed };
}

/** Runs the conformance program itself, so that its `N passed, M failed` is the last thing said. */
export async function conformance(folders = []) {
  const program = await conformanceProgram();
  return counted(await tee(program, folders));
}

async function conformanceProgram() {
  // Shows the progress of the build; the second call then only names the program.
  await run("cargo", ["test", "--test", CONFORMANCE, "--no-run"]);
  const args = ["test", "--test", CONFORMANCE, "--no-run", "--message-format", "json"];
  const { stdout } = await capture("cargo", args);
  const artifacts = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const program = artifacts.find(({ target, executable }) => target?.name === CONFORMANCE && executable)?.executable;
  if (!program) throw new Failure("cargo built no conformance program");
  return program;
}

async function testTargets() {
  const { code, stdout, stderr } = await capture("cargo", ["metadata", "--no-deps", "--format-version", "1"]);
  if (code !== 0) throw new Failure(`cargo metadata failed: ${stderr}`);
  const { targets } = JSON.parse(stdout).packages[0];
  return targets.filter(({ kind }) => kind.includes("test")).map(({ name }) => name);
}

/** Ignored tests count as failed: what is not run is not known to pass. */
export function counted({ code, stdout }) {
  let passed = 0;
  let failed = 0;
  for (const [, p, f, i] of stdout.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    passed += Number(p);
    failed += Number(f) + Number(i);
  }
  for (const [, p, f] of stdout.matchAll(/^(\d+) passed, (\d+) failed$/gm)) {
    passed += Number(p);
    failed += Number(f);
  }
  // A build that broke, or a program that died, printed no count of its failure.
  if (code !== 0 && failed === 0) failed = 1;
  return { passed, failed };
}
