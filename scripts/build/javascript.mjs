// TypeScript -> `pkg/*.js`, `pkg/node.cjs` and `pkg/types/`.
//
// Each file of src/js/entry is an entry point: `browser.ts` becomes `pkg/browser.js`, `node.cjs.ts` the CommonJS file
// `pkg/node.cjs`. ES module entries share chunks, so that `.` and `./slim` in one program share one engine.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { filesUnder } from "../lib/hash.mjs";
import { Failure, step } from "../lib/log.mjs";
import { engineDir, inRoot, pkgDir } from "../lib/paths.mjs";
import { bin, run } from "../lib/run.mjs";

const ENTRIES = inRoot("src/js/entry");
/** Entries that run in Node alone; no other may import a `node:` module. */
const NODE_ENTRIES = /^(node|server|cli|jest|vitest)\b/;

/** esbuild's options, shared with `npm run dev`, which watches. Top-level await is refused. */
export function bundles() {
  const files = filesUnder(ENTRIES, (file) => file.endsWith(".ts"));
  const isCommonJs = (file) => file.endsWith(".cjs.ts");
  const common = {
    absWorkingDir: inRoot(),
    bundle: true,
    outdir: pkgDir,
    platform: "neutral",
    mainFields: ["module", "main"],
    // Matchers take the package itself, so that they and the tests share one engine.
    external: ["node:*", "eventbridge-sim", "vitest"],
    target: "es2022",
    supported: { "top-level-await": false },
    // Names stay, so that stack traces can be read; the tarball has a budget.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  };
  const modules = {
    ...common,
    entryPoints: files.filter((file) => !isCommonJs(file)),
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  };
  const commonJs = {
    ...common,
    entryPoints: files.filter(isCommonJs),
    format: "cjs",
    // The glue's default path, which this entry never takes.
    define: { "import.meta.url": "undefined" },
    banner: { js: ["TextDecoder", "TextEncoder"].map(fromNode).join("\n") },
  };
  return { modules, commonJs };
}

/** jest's jsdom environment lacks both, and the glue asks for them as it loads. */
const fromNode = (name) => `const ${name} = globalThis.${name} ?? require("node:util").${name};`;

export async function buildJavaScript() {
  mkdirSync(pkgDir, { recursive: true });
  rmSync(join(pkgDir, "chunks"), { recursive: true, force: true });
  copyFileSync(join(engineDir, "engine_bg.wasm"), join(pkgDir, "engine_bg.wasm"));
  await step("bundling the JavaScript of the package", "1 s", bundle);
  await step("writing the type declarations", "2 s", declarations);
}

async function bundle() {
  const { build } = await import("esbuild");
  const { modules, commonJs } = bundles();
  checkBrowserEntries((await build(modules)).metafile);
  const { metafile } = await build(commonJs);
  // esbuild names the output of `node.cjs.ts` `node.cjs.js`.
  for (const file of Object.keys(metafile.outputs)) renameSync(inRoot(file), inRoot(file.replace(/\.js$/, "")));
}

function checkBrowserEntries({ outputs }) {
  for (const [file, { entryPoint }] of Object.entries(outputs)) {
    if (!entryPoint || NODE_ENTRIES.test(basename(file))) continue;
    for (const part of reachable(file, outputs)) {
      const builtin = outputs[part].imports.find(({ path }) => path.startsWith("node:"));
      if (builtin) throw new Failure(`${file} must run in browsers, but imports \`${builtin.path}\``);
    }
  }
}

function reachable(file, outputs, seen = new Set()) {
  if (seen.has(file) || !outputs[file]) return seen;
  seen.add(file);
  for (const { path } of outputs[file].imports) reachable(path, outputs, seen);
  return seen;
}

/**
 * `tsc` writes the declarations; each is copied as .d.cts too, for importers that TypeScript sees as CommonJS. What no export of
 * the package leads to is left out.
 */
async function declarations() {
  const out = join(pkgDir, "types");
  rmSync(out, { recursive: true, force: true });
  const args = ["--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", out];
  await run(...bin("typescript", "tsc", "-p", inRoot("src/js"), ...args));
  copyFileSync(join(engineDir, "engine.d.ts"), join(out, "wasm-glue.d.ts"));
  for (const file of filesUnder(out, (name) => name.endsWith(".d.ts"))) {
    const engine = relativePath(dirname(file), join(out, "wasm-glue.js"));
    const text = readFileSync(file, "utf8").replaceAll('"#engine"', `"${engine}"`);
    writeFileSync(file, text);
    writeFileSync(file.replace(/\.d\.ts$/, ".d.cts"), text.replace(/(["'])(\.[^"'\n]*)\.js\1/g, "$1$2.cjs$1"));
  }
  const needed = exportedTypes();
  for (const file of filesUnder(out).filter((file) => !needed.has(file))) rmSync(file);
}

/** The declarations that the manifest names, and all that these import. */
function exportedTypes() {
  const found = new Set();
  const visit = (file) => {
    // That of the engine's file is copied when the package is completed.
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    const imported = readFileSync(file, "utf8").matchAll(/"(\.[^"\n]*)\.(c?)js"/g);
    for (const [, path, c] of imported) visit(join(dirname(file), `${path}.d.${c}ts`));
  };
  const named = readFileSync(inRoot("pkg.json"), "utf8").matchAll(/"\.\/(types\/[^"]+)"/g);
  for (const [, path] of named) visit(join(pkgDir, path));
  return found;
}

function relativePath(from, to) {
  const path = relative(from, to).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
