// `npm run conformance -- DIR...`: the project's own pattern cases and those of each DIR, every verdict of ours held
// against the recorded one.
import { resolve } from "node:path";
import { main } from "./lib/log.mjs";
import { ensureRust } from "./setup/rust.mjs";
import { conformance } from "./test/cargo.mjs";

await main(async () => {
  await ensureRust();
  // npm runs scripts in the project's root; a relative DIR is meant from where the user stands.
  const base = process.env.INIT_CWD ?? process.cwd();
  const { failed } = await conformance(process.argv.slice(2).map((folder) => resolve(base, folder)));
  if (failed > 0) process.exitCode = 1;
});
