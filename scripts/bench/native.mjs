// The native side: criterion measures in `benches/`, its JSON lines come through.

import { Failure } from "../lib/log.mjs";
import { inRoot } from "../lib/paths.mjs";
import { tee } from "../lib/run.mjs";

export async function benchNative(list) {
  const { code, stdout } = await tee("cargo", ["bench", "--quiet", "--bench", "matcher"], {
    cwd: inRoot("benches"),
    env: { BENCH_WORKLOADS: list, CARGO_TARGET_DIR: inRoot("target/benches") },
  });
  if (code !== 0) throw new Failure(`the native benchmark ended with ${code}`);
  return jsonLines(stdout);
}

export const jsonLines = (text) =>
  text
    .split("\n")
    .filter((line) => line.startsWith('{"'))
    .map((line) => JSON.parse(line));
