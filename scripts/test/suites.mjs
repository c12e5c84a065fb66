// Every suite of the project, in the order in which they run. A suite gives `{ passed, failed }`.
import { lint } from "../lint.mjs";
import { ensureChromium } from "../setup/chromium.mjs";
import { conformance, rustTests } from "./cargo.mjs";
import { vitest } from "./vitest.mjs";

export const suites = [
  { name: "rust", about: "1 to 3 minutes", run: rustTests },
  { name: "conformance", about: "10 s", run: conformance },
  { name: "lint", about: "1 to 2 minutes", run: lint, needsPackage: true },
  { name: "node", about: "5 s", run: () => vitest("node"), needsPackage: true },
  { name: "packaging", about: "30 s", run: () => vitest("packaging"), needsPackage: true },
  { name: "browser", about: "30 s", run: browserTests, needsPackage: true },
];

async function browserTests() {
  return await vitest("browser", { CHROMIUM: await ensureChromium() });
}
