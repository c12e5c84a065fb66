// npm dependencies: `npm ci` when node_modules does not come from this very package-lock.json.
import { join } from "node:path";
import { hashOf, stamped, writeStamp } from "../lib/hash.mjs";
import { Failure, step } from "../lib/log.mjs";
import { inRoot, nodeModules } from "../lib/paths.mjs";
import { npm, run } from "../lib/run.mjs";

const stamp = join(nodeModules, ".ebsim-lock-hash");

export async function ensureNpmDependencies() {
  const hash = hashOf([inRoot("package-lock.json")], `${process.platform} ${process.arch}`);
  if (stamped(stamp, hash)) return;
  await step("installing the npm dependencies", "30 s", () => run(...npm("ci", "--no-audit", "--no-fund")));
  writeStamp(stamp, hash);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(`Node ${process.versions.node} is too old`, "install Node 20.19 or later");
}
