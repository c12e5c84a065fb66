/** What a newcomer sees: one of the menu's, there before the menu is. */
import type { Scenario } from "../../src/js/types.js";
import scenario from "../../tests/scenarios/s3-acl-loop.json";

export const firstExample = { id: "s3-acl-loop", scenario: scenario as Scenario };
