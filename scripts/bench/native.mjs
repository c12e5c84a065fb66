// The native side: the programs in `benches/` measure, their JSON lines come through.

import { Failure } from "../lib/log.mjs";
import { inRoot } from "../lib/paths.mjs";
import { capture, tee } from "../lib/run.mjs";

const PROGRAMS = ["matcher", "putevents", "turns"];
const cwd = inRoot("benches");
const env = { CARGO_TARGET_DIR: inRoot("target/benches") };

/** Builds them, and gives their paths by name. */
export async function buildNative() {
  const wanted = PROGRAMS.flatMap((name) => ["--bench", name]);
  const args = ["bench", "--quiet", "--no-run", "--message-format=json", ...wanted];
  const { code, stdout, stderr } = await capture("cargo", args, { cwd, env });
  if (code !== 0) throw new Failure(`building the native benchmarks ended with ${code}`, stderr.trim());
  const built = jsonLines(stdout).filter(({ executable }) => executable);
  return Object.fromEntries(built.map(({ target, executable }) => [target.name, executable]));
}

export async function benchNative({ matcher, putevents }, list) {
  const lines = [];
  for (const program of [matcher, putevents]) {
    const { code, stdout } = await tee(program, ["--bench"], { cwd, env: { ...env, BENCH_WORKLOADS: list } });
    if (code !== 0) throw new Failure(`the native benchmark ended with ${code}`);
    lines.push(...jsonLines(stdout));
  }
  return lines;
}

export const jsonLines = (text) =>
  text
    .split("\n")
    .filter((line) => line.startsWith('{"'))
    .map((line) => JSON.parse(line));
