// Python 3 with boto3 and the AWS CLI, in a virtual environment of our own under target/; made anew when
// tests/clients/requirements.txt has changed. Nothing is installed anywhere else.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { hashOf, stamped, writeStamp } from "../lib/hash.mjs";
import { step } from "../lib/log.mjs";
import { inRoot } from "../lib/paths.mjs";
import { capture, onPath } from "../lib/run.mjs";

const FOLDER = inRoot("target/clients-venv");
const REQUIREMENTS = inRoot("tests/clients/requirements.txt");
const STAMP = join(FOLDER, "ebsim-stamp");
const WINDOWS = process.platform === "win32";

/** `{ python }`, its path; or `{ missing }`, why there is none. */
export async function ensurePythonClients() {
  const python = join(FOLDER, WINDOWS ? "Scripts/python.exe" : "bin/python");
  const base = await findPython();
  if (!base) return { missing: "Python 3.9 or newer is not on PATH" };
  const hash = hashOf([REQUIREMENTS], `${base.version}`);
  if (stamped(STAMP, hash)) return { python };
  return await step("installing boto3 and the AWS CLI into target/", "30 s, once", async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    const made = await capture(base.command, ["-m", "venv", FOLDER]);
    if (made.code !== 0) return { missing: `Python makes no virtual environment: ${lastLine(made)}` };
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS];
    const installed = await capture(python, pip);
    if (installed.code !== 0) return { missing: `pip cannot install boto3 and awscli: ${lastLine(installed)}` };
    writeStamp(STAMP, hash);
    return { python };
  });
}

async function findPython() {
  for (const command of [...onPath("python3"), ...onPath("python")]) {
    const { code, stdout } = await capture(command, ["--version"], { timeout: 20_000 });
    const [, major = 0, minor = 0] = /^Python (\d+)\.(\d+)/.exec(stdout) ?? [];
    if (code === 0 && Number(major) === 3 && Number(minor) >= 9) return { command, version: stdout.trim() };
  }
  return undefined;
}

const lastLine = ({ stdout, stderr }) => `${stdout}${stderr}`.trim().split("\n").at(-1);
