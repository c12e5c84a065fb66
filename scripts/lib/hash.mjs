// Content hashes, so that a step is left out when nothing it reads has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./paths.mjs";

/** Files under `folder` for which `keep` holds, in a stable order. */
export function filesUnder(folder, keep = () => true) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => statSync(file).isFile() && keep(file))
    .sort();
}

/** One hash over the names and bytes of `files` and over `extra` text. */
export function hashOf(files, extra = "") {
  const hash = createHash("sha256").update(extra);
  for (const file of files) {
    hash.update(`\0${relative(root, file)}\0`).update(existsSync(file) ? readFileSync(file) : "");
  }
  return hash.digest("hex");
}

export const stamped = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;

export function writeStamp(stamp, hash) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
