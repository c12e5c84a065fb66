// wasm-pack and the wasm-bindgen CLI. The CLI must have the very version of the crate in Cargo.lock.
//
// Order: PATH or the tools folder; a prebuilt binary; `cargo install`, which takes minutes. A closed network must
// not hang the set-up, so a download gets ten seconds to begin.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { filesUnder } from "../lib/hash.mjs";
import { Failure, say, step } from "../lib/log.mjs";
import { inRoot, toolsDir } from "../lib/paths.mjs";
import { capture, isExecutable, onPath, run } from "../lib/run.mjs";

const EXE = process.platform === "win32" ? ".exe" : "";
const RELEASES = "https://github.com/wasm-bindgen";

const wasmPack = {
  name: "wasm-pack",
  crate: "wasm-pack",
  version: "0.15.1",
  fits: (version) => atLeast(version, [0, 13]),
  cargoFlags: [],
  url: (platform) => `${RELEASES}/wasm-pack/releases/download/v0.15.1/wasm-pack-v0.15.1-${platform}.tar.gz`,
};

function wasmBindgen() {
  const version = lockedVersion("wasm-bindgen");
  return {
    name: "wasm-bindgen",
    crate: "wasm-bindgen-cli",
    version,
    fits: (found) => found === version,
    // Its TLS serves the test runner's downloads only, and is half of the build time.
    cargoFlags: ["--no-default-features", "--bin", "wasm-bindgen"],
    url: (platform) =>
      `${RELEASES}/wasm-bindgen/releases/download/${version}/wasm-bindgen-${version}-${platform}.tar.gz`,
  };
}

/** Makes sure of both tools; gives their paths. */
export async function ensureWasmTools() {
  return { wasmPack: await ensure(wasmPack), wasmBindgen: await ensure(wasmBindgen()) };
}

async function ensure(tool) {
  const found = await find(tool);
  if (found) return found;
  const built = (await download(tool)) ?? (await cargoInstall(tool));
  if (built) return built;
  throw new Failure(
    `${tool.name} ${tool.version} could be neither downloaded nor built`,
    `see the output of cargo above, or put ${tool.name} ${tool.version} on PATH`,
  );
}

async function find(tool) {
  const cached = join(toolsDir, "bin", tool.name + EXE);
  for (const file of [cached, ...onPath(tool.name)].filter(isExecutable)) {
    const { stdout } = await capture(file, ["--version"], { timeout: 20_000 });
    if (tool.fits(stdout.trim().split(/\s+/)[1] ?? "")) return file;
  }
  return undefined;
}

async function download(tool) {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (!platform) return undefined;
  return await step(`downloading ${tool.name} ${tool.version}`, "5 s; gives up after 10 s", async () => {
    try {
      await unpack(await fetchBytes(tool.url(platform)), tool.name + EXE);
      return await find(tool);
    } catch (error) {
      say(`    not to be had: ${error.cause?.message ?? error.message}`);
      return undefined;
    }
  });
}

const PLATFORMS = {
  "linux-x64": "x86_64-unknown-linux-musl",
  "linux-arm64": "aarch64-unknown-linux-musl",
  "darwin-x64": "x86_64-apple-darwin",
  "darwin-arm64": "aarch64-apple-darwin",
  "win32-x64": "x86_64-pc-windows-msvc",
};

async function fetchBytes(url) {
  const control = new AbortController();
  const begin = setTimeout(() => control.abort(new Error("no answer within 10 s")), 10_000);
  const end = setTimeout(() => control.abort(new Error("not complete within 2 minutes")), 120_000);
  try {
    const answer = await fetch(url, { signal: control.signal });
    clearTimeout(begin);
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  } finally {
    clearTimeout(begin);
    clearTimeout(end);
  }
}

/** Takes the one file out of a .tar.gz into the tools folder; `tar` is on Linux, macOS and Windows 10 alike. */
async function unpack(archive, file) {
  const folder = mkdtempSync(join(tmpdir(), "ebsim-tool-"));
  try {
    writeFileSync(join(folder, "archive.tar.gz"), archive);
    const { status, stderr } = spawnSync("tar", ["-xzf", "archive.tar.gz"], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`tar: ${stderr}`);
    const source = filesUnder(folder, (path) => basename(path) === file)[0];
    if (!source) throw new Error(`the archive holds no ${file}`);
    mkdirSync(join(toolsDir, "bin"), { recursive: true });
    copyFileSync(source, join(toolsDir, "bin", file));
    chmodSync(join(toolsDir, "bin", file), 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `--locked` first; it fails where the registry lags behind the tool's own lock file. */
async function cargoInstall(tool) {
  const args = ["install", tool.crate, "--version", tool.version, "--root", toolsDir, "--force", ...tool.cargoFlags];
  for (const locked of [["--locked"], []]) {
    const title = `cargo install ${tool.crate} ${tool.version}${locked.length ? " --locked" : ""}, once`;
    const done = await step(title, "2 to 5 minutes", async () => {
      try {
        await run("cargo", [...args, ...locked]);
        return await find(tool);
      } catch (error) {
        say(`    ${error.message}`);
        return undefined;
      }
    });
    if (done) return done;
  }
  return undefined;
}

function lockedVersion(crate) {
  const lock = readFileSync(inRoot("Cargo.lock"), "utf8");
  const version = lock.match(new RegExp(`name = "${crate}"\\r?\\nversion = "([^"]+)"`))?.[1];
  if (!version) throw new Failure(`Cargo.lock names no \`${crate}\``, "run `cargo check` and commit Cargo.lock");
  return version;
}

function atLeast(version, [major, minor]) {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}
