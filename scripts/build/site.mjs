// www/ -> www/dist: plain files that work from any sub-path, the page and beside it the reference.
import { step } from "../lib/log.mjs";
import { inRoot } from "../lib/paths.mjs";
import { bin, run } from "../lib/run.mjs";
import { buildReference } from "./reference.mjs";

export const VITE = ["--config", inRoot("www/vite.config.ts")];

export async function buildSite() {
  await step("building the page", "5 s", () =>
    run(...bin("vite", "vite", "build", inRoot("www"), ...VITE, "--logLevel", "warn")),
  );
  await step("building the reference", "1 s", buildReference);
}
