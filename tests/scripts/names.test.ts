// `npm test -- NAME` knows the suites before anything is set up.
import { expect, test } from "vitest";
import { chosenNames, SUITE_NAMES } from "../../scripts/test/names.mjs";
import { suites } from "../../scripts/test/suites.mjs";

test("the names are those of the suites", () => {
  expect(suites.map(({ name }) => name)).toEqual(SUITE_NAMES);
});

test("a name that there is not is told with those that there are", () => {
  expect(() => chosenNames(["rust", "nodes"])).toThrow("there is no suite `nodes`");
  expect(chosenNames([])).toEqual(SUITE_NAMES);
  expect(chosenNames(["node"])).toEqual(["node"]);
});
