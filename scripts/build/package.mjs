// `pkg/package.json` and what else the published package holds. pkg.json is the manifest; Cargo.toml has the version.
import { copyFileSync, cpSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../lib/log.mjs";
import { engineDir, inRoot, nodeModules, pkgDir, siteDir } from "../lib/paths.mjs";

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

/**
 * The page, for `GET /` of the server, in the package: without its copy of the engine, for which the server gives the
 * package's own, and without what only the build reads.
 */
export function addPage() {
  const target = join(pkgDir, "page");
  rmSync(target, { recursive: true, force: true });
  const isNeeded = (file) => !file.endsWith(".wasm") && !relative(siteDir, file).startsWith(".vite");
  cpSync(siteDir, target, { recursive: true, filter: isNeeded });
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
