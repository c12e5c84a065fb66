import "eventbridge-sim/vitest";
import type { MatcherResult } from "eventbridge-sim/jest";
import type { EventBridgeMatchers } from "eventbridge-sim/vitest";

declare const matchers: EventBridgeMatchers;
matchers.toHaveInvoked("*", { times: 1 });
// @ts-expect-error: `times` is a number.
matchers.toHaveInvoked("*", { times: "1" });
export const result: MatcherResult = { pass: true, message: () => "" };
