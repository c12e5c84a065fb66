// Rust: cargo itself, the wasm target, rustfmt and clippy. rust-toolchain.toml names them, and rustup installs what
// it names; without rustup (a distribution's Rust) the target cannot be added and the error says so.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure, step } from "../lib/log.mjs";
import { capture, onPath, run } from "../lib/run.mjs";

const TARGET = "wasm32-unknown-unknown";
const GET_RUSTUP = "install Rust with rustup, from https://rustup.rs";

export async function ensureRust() {
  if (onPath("cargo").length === 0) throw new Failure("cargo is not on PATH", GET_RUSTUP);
  // The first call of rustc in this folder may install the toolchain; it says so on stderr.
  const { code, stdout, stderr } = await capture("rustc", ["--print", "sysroot"]);
  if (code !== 0) throw new Failure(`rustc does not run: ${stderr.trim()}`, GET_RUSTUP);
  if (!existsSync(join(stdout.trim(), "lib/rustlib", TARGET))) await rustup(["target", "add", TARGET]);
  for (const [component, command] of [
    ["rustfmt", "cargo-fmt"],
    ["clippy", "cargo-clippy"],
  ]) {
    const probe = await capture(command, ["--version"]);
    if (probe.code !== 0) await rustup(["component", "add", component]);
  }
}

async function rustup(args) {
  if (onPath("rustup").length === 0) {
    throw new Failure(`\`rustup ${args.join(" ")}\` is needed, but rustup is not on PATH`, GET_RUSTUP);
  }
  await step(`rustup ${args.join(" ")}`, "30 s", () => run("rustup", args));
}
