// Rust -> `target/engine/engine.js`, `engine_bg.wasm` and their types. Left out when nothing it reads has changed.
//
// wasm-pack's own wasm-opt is off (Cargo.toml): it takes any wasm-opt on PATH, and old ones break the output in
// silence. The one from npm `binaryen` runs here, with the features that rustc emits named, so that it keeps them.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { filesUnder, hashOf, stamped, writeStamp } from "../lib/hash.mjs";
import { say, step } from "../lib/log.mjs";
import { engineDir, inRoot } from "../lib/paths.mjs";
import { bin, capture, run } from "../lib/run.mjs";
import { namedByLikeness } from "./function-order.mjs";

const RAW = inRoot("target/engine-raw");
const STAMP = inRoot("target/engine.hash");
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "extended-const",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "simd",
];
const FLAGS = ["--strip-debug", "--strip-producers", ...FEATURES.map((name) => `--enable-${name}`)];
// All figures gzip. -O2 comes out smallest, though -Oz has a fiftieth less code (400.5 kB; -Oz 402.4, -O3 404.2); events are
// matched and operations called in the same time with each. All of them make functions that are called once a part of their
// caller: less code, which gzip packs worse, since the copies for several types stood side by side. Without that it is 400.5 kB
// instead of 433.0; matching takes the same time, and calls of operations 2 to 3 % more. Alignment hints mean nothing to the
// engines of today (2 kB).
const OPTIMISE = ["-O2", "-s", "1", "--one-caller-inline-max-function-size", "0", "--dealign", ...FLAGS];
const SORT = ["--reorder-functions-by-name", ...FLAGS];

export async function buildEngine(tools) {
  const hash = await inputHash();
  if (stamped(STAMP, hash) && existsSync(join(engineDir, "engine_bg.wasm"))) {
    say("==> engine: unchanged");
    return;
  }
  await step("compiling the engine to wasm", "1 to 2 minutes, less when little has changed", () => wasmPack(tools));
  await step("optimising the wasm", "40 s", optimise);
  writeStamp(STAMP, hash);
}

/** The hash of all that shapes the engine: Rust sources, manifests, compiler, flags, wasm-opt and this script. */
async function inputHash() {
  const rust = filesUnder(inRoot("src"), (file) => !file.startsWith(inRoot("src/js/")));
  const others = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "scripts/build/engine.mjs",
    "scripts/build/function-order.mjs",
  ];
  const binaryen = "node_modules/binaryen/package.json";
  const { stdout } = await capture("rustc", ["-vV"]);
  return hashOf([...rust, ...[...others, binaryen].map((file) => inRoot(file))], `${stdout} ${process.env.RUSTFLAGS}`);
}

async function wasmPack({ wasmPack, wasmBindgen }) {
  rmSync(RAW, { recursive: true, force: true });
  const args = ["build", "--release", "--target", "web", "--out-dir", RAW, "--out-name", "engine", "--no-pack"];
  // wasm-pack takes the wasm-bindgen that it finds first on PATH, and must download none of its own.
  const PATH = [dirname(wasmBindgen), process.env.PATH].join(delimiter);
  await run(wasmPack, [...args, "--mode", "no-install", "."], { env: { PATH } });
}

async function optimise() {
  mkdirSync(engineDir, { recursive: true });
  const optimised = join(RAW, "optimised.wasm");
  const named = join(RAW, "named.wasm");
  await wasmOpt(...OPTIMISE, join(RAW, "engine_bg.wasm"), "-o", optimised);
  writeFileSync(named, namedByLikeness(readFileSync(optimised)));
  await wasmOpt(...SORT, named, "-o", join(engineDir, "engine_bg.wasm"));
  for (const file of ["engine.js", "engine.d.ts", "engine_bg.wasm.d.ts"]) {
    copyFileSync(join(RAW, file), join(engineDir, file));
  }
}

async function wasmOpt(...args) {
  const [command, all] = bin("binaryen", "wasm-opt", ...args);
  await run(command, all);
}
