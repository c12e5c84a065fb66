import { explain } from "eventbridge-sim";
import { extendGlobalExpect } from "../jest.js";
import { type EventBridgeMatchers, matchersWith } from "../matchers.js";

export type { EventBridgeMatchers, InvokedOptions, MatcherResult } from "../matchers.js";

/** For an `expect` of one's own. */
export const matchers: ReturnType<typeof matchersWith> = matchersWith(explain);

extendGlobalExpect(matchers);

declare global {
  namespace jest {
    interface Matchers<R, T> extends EventBridgeMatchers<R> {}
  }
}
