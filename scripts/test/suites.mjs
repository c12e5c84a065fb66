// Every suite of the project, in the order in which they run. A suite gives `{ passed, failed }`, and `skipped`, a list of what it left
// out and why, where a machine need not have all.

import { red, say, yellow } from "../lib/log.mjs";
import { lint } from "../lint.mjs";
import { ensureChromium } from "../setup/chromium.mjs";
import { ensurePythonClients } from "../setup/python.mjs";
import { conformance, rustTests } from "./cargo.mjs";
import { vitest } from "./vitest.mjs";

export const suites = [
  { name: "rust", about: "1 to 3 minutes", run: rustTests },
  { name: "conformance", about: "10 s", run: conformance },
  { name: "lint", about: "1 to 2 minutes", run: lint, needsPackage: true },
  { name: "node", about: "1 minute", run: () => vitest("node"), needsPackage: true },
  { name: "packaging", about: "45 s", run: () => vitest("packaging"), needsPackage: true },
  { name: "clients", about: "1 minute", run: clientTests, needsPackage: true },
  { name: "browser", about: "8 to 15 minutes", run: browserTests, needsPackage: true },
];

async function browserTests() {
  return await vitest("browser", { CHROMIUM: await ensureChromium() });
}

/** The real clients: the AWS SDK for JavaScript, and, where there is Python, boto3 and the AWS CLI. */
async function clientTests() {
  const own = added(await vitest("clients"), await vitest("load"));
  const { python, missing } = await ensurePythonClients();
  if (missing === undefined) {
    return added(own, await vitest("python", { PYTHON: python }));
  }
  const words = `boto3 and the AWS CLI were not tried: ${missing}`;
  // A machine of CI must have it; one's own need not.
  if (process.env.CI) {
    say(red(words));
    return { ...own, failed: own.failed + 1 };
  }
  say(yellow(words));
  return { ...own, skipped: [words] };
}

const added = (one, other) => ({ passed: one.passed + other.passed, failed: one.failed + other.failed });
