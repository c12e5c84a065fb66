// `pkg/package.json` and what else the published package holds. pkg.json is the manifest; Cargo.toml has the version.
import { copyFileSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../lib/log.mjs";
import { engineDir, inRoot, nodeModules, pkgDir } from "../lib/paths.mjs";

const DOCUMENTS = ["README.md", "LICENSE", "CHANGELOG.md"];

export function completePackage() {
  const { name, ...rest } = JSON.parse(readFileSync(inRoot("pkg.json"), "utf8"));
  writeFileSync(join(pkgDir, "package.json"), `${JSON.stringify({ name, version: version(), ...rest }, null, 2)}\n`);
  for (const file of DOCUMENTS.filter((file) => existsSync(inRoot(file)))) {
    copyFileSync(inRoot(file), join(pkgDir, file));
  }
  copyFileSync(join(engineDir, "engine_bg.wasm.d.ts"), join(pkgDir, "types/engine.wasm.d.ts"));
  linkForOurselves(name);
}

function version() {
  const found = readFileSync(inRoot("Cargo.toml"), "utf8").match(/^\[package\][^[]*?^version = "([^"]+)"/m)?.[1];
  if (!found) throw new Failure("Cargo.toml has no version");
  return found;
}

/** Page and tests import `eventbridge-sim` as a user does: through the package's own `exports`. */
function linkForOurselves(name) {
  const link = join(nodeModules, name);
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true, force: true });
  symlinkSync(pkgDir, link, "junction");
}
