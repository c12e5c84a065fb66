// Where things stand. Every other script takes its paths from here.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const inRoot = (...parts) => join(root, ...parts);

export const nodeModules = inRoot("node_modules");
/** What wasm-pack and wasm-opt make, before it is packaged; `#engine` in package.json points here. */
export const engineDir = inRoot("target/engine");
export const pkgDir = inRoot("pkg");
export const siteDir = inRoot("www/dist");
/** Tools that the set-up fetches or builds. `EBSIM_TOOLS` shares them between clones. */
export const toolsDir = resolve(root, process.env.EBSIM_TOOLS || "target/tools");
