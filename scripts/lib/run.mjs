// Child processes: shown (`run`), collected (`capture`), or both (`tee`).
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./log.mjs";
import { nodeModules, root } from "./paths.mjs";

/** Runs a command whose output the user sees; throws a `Failure` unless it ends with 0. */
export async function run(command, args, options = {}) {
  const { code } = await start(command, args, { ...options, stdio: ["ignore", "inherit", "inherit"] });
  if (code !== 0) throw new Failure(`\`${[command, ...args].join(" ")}\` ended with ${code}`);
}

/** Runs a command in silence; gives `{ code, stdout, stderr }`, with code -1 when it could not start. */
export const capture = (command, args, options = {}) =>
  start(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });

/** Runs a command whose output the user sees, and gives that output too. */
export const tee = (command, args, options = {}) =>
  start(command, args, {
    ...options,
    env: { ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    show: true,
  });

/** Children end with us, also when we are told to end. */
const children = new Set();
process.on("exit", () => {
  for (const child of children) child.kill();
});
for (const [signal, code] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
])
  process.on(signal, () => process.exit(code));

function start(command, args, { cwd = root, env, stdio, show, timeout }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, timeout });
    children.add(child);
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      if (show) process.stdout.write(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      stderr += text;
      if (show) process.stderr.write(text);
    });
    child.on("error", (error) => resolve({ code: -1, stdout, stderr: `${stderr}${error.message}` }));
    child.on("close", (code, signal) => {
      children.delete(child);
      resolve({ code: code ?? signal, stdout, stderr });
    });
  });
}

/**
 * What runs npm: the very npm that runs this script, where there is one.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? [process.execPath, [cli, ...args]] : ["npm", args];
}

/**
 * What runs a command of an installed npm package.
 * @param {string} packageName
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function bin(packageName, command, ...args) {
  const folder = join(nodeModules, packageName);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[command];
  return [process.execPath, [join(folder, file), ...args]];
}

/** Every executable of that name on PATH, first found first. */
export function onPath(name) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => endings.map((end) => join(folder, name + end))).filter(isExecutable);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
