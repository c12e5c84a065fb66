/** Jest puts `expect` into the globals of test files and of `setupFilesAfterEnv`, unless `injectGlobals` is off. */

/** Adds matchers to the global `expect`. */
export function extendGlobalExpect(matchers: object): void {
  const { expect } = globalThis as { expect?: { extend(matchers: object): void } };
  if (expect === undefined) {
    throw new Error(
      "eventbridge-sim/jest: there is no global `expect`. Name this module in `setupFilesAfterEnv`, or, where `injectGlobals` is " +
        "off, import `matchers` and call `expect.extend(matchers)`",
    );
  }
  expect.extend(matchers);
}
