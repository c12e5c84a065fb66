import { explain } from "eventbridge-sim";
import { expect } from "vitest";
import { type EventBridgeMatchers, matchersWith } from "../matchers.js";

export type { EventBridgeMatchers, InvokedOptions, MatcherResult } from "../matchers.js";

/** For an `expect` of one's own. */
export const matchers: ReturnType<typeof matchersWith> = matchersWith(explain);

expect.extend(matchers);

declare module "vitest" {
  interface Matchers<T> extends EventBridgeMatchers {}
}
