/**
 * The menu of examples.
 *
 * The loops are the project's own test scenarios, so what the menu shows is what the tests hold. The rest are scenarios
 * beside this file. A test scenario that the table does not name appears at the end of its group by itself.
 */
import type { Scenario } from "../../src/js/types.js";

export interface Example {
  id: string;
  group: string;
  title: string;
  scenario: Scenario;
}

type Files = Record<string, Scenario>;

const tested: Files = import.meta.glob<Scenario>("../../tests/scenarios/*.json", { eager: true, import: "default" });
const own: Files = import.meta.glob<Scenario>("./*.json", { eager: true, import: "default" });
const services: Files = import.meta.glob<Scenario>("./services/*.json", { eager: true, import: "default" });

/** The order in which the loops tell their story. */
const story = ["s3-acl-loop", "s3-acl-cure"];

export const examples: Example[] = [
  ...group("Will this loop?", tested, story),
  ...group("Rules and routes", own, ["orders", "why-no-match"]),
  ...group("Events of AWS services", services, []),
];

const blank: Example = { id: "", group: "", title: "", scenario: { version: 1, calls: [] } };

/** What a newcomer sees. */
export const firstExample: Example = examples[0] ?? blank;

function group(name: string, files: Files, order: string[]): Example[] {
  const rank = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return Object.entries(files)
    .map(([path, scenario]) => {
      const id = path.replace(/^.*\/|\.json$/g, "");
      return { id, group: name, title: scenario.title ?? id, scenario };
    })
    .sort((a, b) => rank(a.id) - rank(b.id) || a.title.localeCompare(b.title, "en"));
}
