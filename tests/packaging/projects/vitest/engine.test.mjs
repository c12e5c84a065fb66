import { matches, Simulator } from "eventbridge-sim";
import { expect, test } from "vitest";

test("patterns and simulator run under vitest, unconfigured", () => {
  expect(matches({ source: ["shop"] }, { source: "shop" })).toBe(true);
  const simulator = new Simulator();
  simulator.putRule({ Name: "orders", EventPattern: '{ "source": ["shop"] }' });
  expect(simulator.listRules({}).Rules?.map(({ Name }) => Name)).toEqual(["orders"]);
});
