/**
 * The menu of examples, by the question they answer.
 *
 * Most are the project's own test scenarios, so what the menu shows is what the tests hold; the rest are scenarios beside
 * this file. A test scenario that no list names appears at the end of the first group.
 */
import type { Scenario } from "../../src/js/types.js";

export interface Example {
  id: string;
  group: string;
  title: string;
  scenario: Scenario;
}

type Files = Record<string, Scenario>;

const tested = byId(import.meta.glob<Scenario>("../../tests/scenarios/*.json", { eager: true, import: "default" }));
const own = byId(import.meta.glob<Scenario>("./*.json", { eager: true, import: "default" }));
const services = byId(import.meta.glob<Scenario>("./services/*.json", { eager: true, import: "default" }));

/** In the order in which they tell their story. */
const loops = [
  "s3-acl-loop",
  "s3-acl-cure",
  "re-emit",
  "ping-pong",
  "count-ends",
  "growth-untested",
  "growth-tested",
  "tested-id",
  "fan-out",
  "handler-stops",
  "handler-goes-on",
  "bus-pair",
];
const routes = ["why-no-match", "near-misses", "orders", "cross-account"];
const rest = Object.keys(tested).filter((id) => !loops.includes(id) && !routes.includes(id));

export const examples: Example[] = [
  ...group("Will this loop?", [...loops, ...rest], tested),
  ...group("Why does it match, and where does it go?", routes, { ...tested, ...own }),
  ...group("Events of AWS services", Object.keys(services).sort(), services),
];

const blank: Example = { id: "", group: "", title: "", scenario: { version: 1, calls: [] } };

/** What a newcomer sees. */
export const firstExample: Example = examples[0] ?? blank;

function byId(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, scenario]) => [path.replace(/^.*\/|\.json$/g, ""), scenario]),
  );
}

function group(name: string, ids: string[], files: Files): Example[] {
  return ids.flatMap((id) => {
    const scenario = files[id];
    return scenario ? [{ id, group: name, title: scenario.title ?? id, scenario }] : [];
  });
}
