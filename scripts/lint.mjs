// `npm run lint`: formats, lints and types of both languages. `npm run fix` repairs what a tool can repair.
import { pathToFileURL } from "node:url";
import { buildPackage } from "./build.mjs";
import { Failure, main, say, step } from "./lib/log.mjs";
import { inRoot } from "./lib/paths.mjs";
import { bin, capture, run } from "./lib/run.mjs";
import { setup } from "./setup/setup.mjs";

const STRICT = ["--", "-D", "warnings"];
const WASM = ["--target", "wasm32-unknown-unknown"];

/** Each check is a name and a command that ends with 0 when all is well. The types need the built package. */
const lintChecks = () => [
  ["rustfmt", "cargo", ["fmt", "--check"]],
  ["clippy", "cargo", ["clippy", "--all-targets", ...STRICT]],
  // Left out of all targets, because plain `cargo test` leaves it out.
  ["clippy for the recordings", "cargo", ["clippy", "--test", "recorded", ...STRICT]],
  ["clippy for wasm", "cargo", ["clippy", "--lib", ...WASM, ...STRICT]],
  ["biome", ...bin("@biomejs/biome", "biome", "check", "--error-on-warnings", inRoot())],
  ...["src/js", "www", "tests"].map((part) => [`types of ${part}`, ...bin("typescript", "tsc", "-p", inRoot(part))]),
];

/** Runs every check, shows the output of those that fail, and counts. */
export async function lint() {
  let failed = 0;
  const checks = lintChecks();
  for (const [name, command, args] of checks) {
    const { code, stdout, stderr } = await capture(command, args);
    say(`    ${code === 0 ? "ok    " : "FAILED"} ${name}`);
    if (code === 0) continue;
    failed += 1;
    say(`${stdout}${stderr}`);
  }
  return { passed: checks.length - failed, failed };
}

async function fix() {
  await step("formatting Rust", "", () => run("cargo", ["fmt"]));
  await step("formatting the rest", "", () => run(...bin("@biomejs/biome", "biome", "check", "--write", inRoot())));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const tools = await setup();
    if (process.argv.includes("--fix")) return await fix();
    await buildPackage(tools);
    const { passed, failed } = await step("lint", "1 minute", lint);
    if (failed > 0) throw new Failure(`${failed} of ${passed + failed} checks failed`, "`npm run fix` repairs formats");
  });
}
