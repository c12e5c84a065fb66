// The native side: the programs in `benches/` measure, their JSON lines come through.

import { Failure } from "../lib/log.mjs";
import { inRoot } from "../lib/paths.mjs";
import { tee } from "../lib/run.mjs";

export async function benchNative(list) {
  return [...(await bench("matcher", list)), ...(await bench("putevents", list))];
}

async function bench(name, list) {
  const { code, stdout } = await tee("cargo", ["bench", "--quiet", "--bench", name], {
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
