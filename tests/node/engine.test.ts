import { readFileSync } from "node:fs";
import { version } from "eventbridge-sim";
import { expect, test } from "vitest";

test("the engine is ready at import and has the version of the package", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  expect(version()).toBe(manifest.version);
});
