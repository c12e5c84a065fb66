// `node tests/fuzz/run.mjs [SECONDS] [DIR...]`: fuzzes every target for so many seconds (default 600), with a corpus
// seeded from the conformance rows of tests/data and of each DIR. Needs `cargo install cargo-fuzz` and a nightly
// toolchain. An input that breaks something goes to tests/fuzz/cases, where every test run meets it again.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const targets = ["parse", "matches", "explain"];

const [seconds = "600", ...folders] = process.argv.slice(2);
for (const target of targets) {
  const corpus = join(here, "corpus", target);
  seed(corpus, target, [join(root, "tests/data"), ...folders]);
  const options = [`-max_total_time=${seconds}`, "-timeout=20", "-max_len=4096"];
  execFileSync("cargo", ["+nightly", "fuzz", "run", "--fuzz-dir", here, target, corpus, "--", ...options], {
    cwd: root,
    stdio: "inherit",
  });
}

/** One file for each row, named by its content, so that seeding again adds nothing twice. */
function seed(corpus, target, folders) {
  mkdirSync(corpus, { recursive: true });
  for (const row of folders.flatMap(rows)) {
    const input = target === "parse" ? row.pattern : `${row.pattern}\0${row.event ?? "{}"}`;
    const name = createHash("sha1").update(input).digest("hex");
    writeFileSync(join(corpus, name), input);
  }
}

function rows(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".jsonl"));
  const lines = files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  return lines
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((row) => typeof row.pattern === "string");
}
