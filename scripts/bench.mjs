// `npm run bench [-- --dir DIR]... [--seed N] [--only TEXT] [--quick]`: the matcher beside its peers, natively and in Node.
//
// Prints one JSON line for each workload and peer as it is measured, then a table with ratios. Without `--dir` the
// workloads are made here; a DIR holds NAME.jsonl (events) and NAME.rules.json (`{"rule": pattern}`).
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { benchNative, buildNative } from "./bench/native.mjs";
import { benchNode, buildPeers } from "./bench/node.mjs";
import { table } from "./bench/table.mjs";
import { found, made } from "./bench/workloads.mjs";
import { buildPackage } from "./build.mjs";
import { Failure, main, say, step } from "./lib/log.mjs";
import { inRoot } from "./lib/paths.mjs";
import { setup } from "./setup/setup.mjs";

await main(async () => {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", multiple: true, default: [] },
      seed: { type: "string", default: "1" },
      only: { type: "string", default: "" },
      quick: { type: "boolean", default: false },
    },
  });
  const tools = await setup();
  await buildPackage(tools);
  // npm runs scripts in the project's root; a relative DIR is meant from where the user stands.
  const base = process.env.INIT_CWD ?? process.cwd();
  const folders = values.dir.map((folder) => resolve(base, folder));
  const all = folders.length > 0 ? folders.flatMap(found) : await step("making workloads", "5 s", () => made(values));
  const workloads = all.filter(({ name }) => name.includes(values.only));
  if (workloads.length === 0)
    throw new Failure("there is no such workload", "a DIR holds NAME.jsonl and NAME.rules.json");
  mkdirSync(inRoot("target/bench"), { recursive: true });
  const programs = await step("building the native benchmarks", "2 minutes", async () => {
    await buildPeers();
    return buildNative();
  });
  const lines = await step("measuring", "20 s a workload", () => measure(programs, workloads));
  const shown = table(lines);
  writeFileSync(inRoot("target/bench/results.md"), `${shown}\n`);
  writeFileSync(inRoot("target/bench/results.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  say(`\n${shown}`);
});

/** One workload after the other, natively and in Node in turn: a machine changes its speed in minutes rather than seconds. */
async function measure(programs, workloads) {
  const list = inRoot("target/bench/workloads.json");
  const lines = [];
  for (const workload of workloads) {
    writeFileSync(list, JSON.stringify([workload]));
    lines.push(...(await benchNative(programs, list)), ...(await benchNode(programs, list)));
  }
  return lines;
}
