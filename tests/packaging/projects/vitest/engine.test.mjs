import { version } from "eventbridge-sim";
import { expect, test } from "vitest";

test("the engine runs under vitest, unconfigured", () => {
  expect(version()).toMatch(/^\d+\.\d+\.\d+/);
});
