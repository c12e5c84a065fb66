import { explain, matches } from "eventbridge-sim";
import { expect, test } from "vitest";

test("patterns run under vitest, unconfigured", () => {
  expect(matches({ source: ["shop"] }, { source: "shop" })).toBe(true);
  expect(explain({ source: ["shop"] }, { source: "other" }).leaves.map(({ path }) => path)).toEqual(["source"]);
});
