// The names of the suites, in the order in which they run. They are known before anything is set up.
import { Failure } from "../lib/log.mjs";

export const SUITE_NAMES = ["rust", "conformance", "lint", "node", "packaging", "clients", "browser"];

/** The names that were asked for; all when none was. */
export function chosenNames(names) {
  const strange = names.find((name) => !SUITE_NAMES.includes(name));
  if (strange !== undefined)
    throw new Failure(`there is no suite \`${strange}\``, `the suites are ${SUITE_NAMES.join(", ")}`);
  return names.length === 0 ? SUITE_NAMES : names;
}
