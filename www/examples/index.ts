/**
 * The menu of examples, by the question they answer.
 *
 * Most are the project's own test scenarios, so what the menu shows is what the tests hold; the rest are scenarios beside
 * this file. A test scenario that no list names appears in the last group.
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
const whys = ["why-no-match", "near-misses"];
const inputs = ["what-targets-get", "orders"];
const senders = ["cross-account", "one-statement", "policy-denies"];
const loops = [
  "s3-acl-loop",
  "s3-acl-cure",
  "re-emit",
  "ping-pong",
  "transformed-input",
  "count-ends",
  "growth-untested",
  "growth-tested",
  "tested-id",
  "fan-out",
  "handler-stops",
  "handler-goes-on",
  "handler-with-effect",
  "hop-and-back",
  "bus-pair",
];
const known = new Set([...whys, ...inputs, ...senders, ...loops]);
const rest = Object.keys(tested).filter((id) => !known.has(id));
const files = { ...tested, ...own };

export const examples: Example[] = [
  ...group("Why does my rule not match?", whys, files),
  ...group("What does my target get?", inputs, files),
  ...group("Who may send to this bus?", senders, files),
  ...group("Will this loop?", loops, files),
  ...group("What do AWS services send?", Object.keys(services).sort(), services),
  ...group("What else?", rest, files),
];

const blank: Example = { id: "", group: "", title: "", scenario: { version: 1, calls: [] } };

/** What a newcomer sees. */
export const firstExample: Example = examples.find(({ id }) => id === "s3-acl-loop") ?? blank;

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
