// `npm run conformance -- DIR`: the pattern cases of DIR, each verdict of ours held against the recorded one.
import { resolve } from "node:path";
import { Failure, main } from "./lib/log.mjs";
import { ensureRust } from "./setup/rust.mjs";
import { conformance } from "./test/cargo.mjs";

await main(async () => {
  const [folder] = process.argv.slice(2);
  const base = process.env.INIT_CWD ?? process.cwd();
  if (folder) process.env.CONFORMANCE_DIR = resolve(base, folder);
  if (!process.env.CONFORMANCE_DIR) {
    throw new Failure("no folder of conformance cases", "`npm run conformance -- DIR`, or set CONFORMANCE_DIR");
  }
  await ensureRust();
  const { failed } = await conformance();
  if (failed > 0) process.exitCode = 1;
});
