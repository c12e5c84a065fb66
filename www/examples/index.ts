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
  load: () => Promise<Scenario>;
}

/** The menu needs the titles, and a scenario when it is chosen: as text, or Vite would take the whole file for both. */
interface Files {
  titles: Record<string, string>;
  texts: Record<string, () => Promise<string>>;
}

const tested: Files = {
  titles: byId(import.meta.glob<string>("../../tests/scenarios/*.json", { eager: true, import: "title" })),
  texts: byId(import.meta.glob<string>("../../tests/scenarios/*.json", { query: "?raw", import: "default" })),
};
const services: Files = {
  titles: byId(import.meta.glob<string>("./services/*.json", { eager: true, import: "title" })),
  texts: byId(import.meta.glob<string>("./services/*.json", { query: "?raw", import: "default" })),
};
const files: Files = {
  titles: { ...tested.titles, ...byId(import.meta.glob<string>("./*.json", { eager: true, import: "title" })) },
  texts: {
    ...tested.texts,
    ...byId(import.meta.glob<string>("./*.json", { query: "?raw", import: "default" })),
  },
};

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
const rest = Object.keys(tested.texts).filter((id) => !known.has(id));

export const examples: Example[] = [
  ...group("Why does my rule not match?", whys, files),
  ...group("What does my target get?", inputs, files),
  ...group("Who may send to this bus?", senders, files),
  ...group("Will this loop?", loops, files),
  ...group("What do AWS services send?", Object.keys(services.texts).sort(), services),
  ...group("What else?", rest, files),
];

function byId<File>(files: Record<string, File>): Record<string, File> {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ""), file]));
}

function group(name: string, ids: string[], { titles, texts }: Files): Example[] {
  return ids.flatMap((id) => {
    const text = texts[id];
    const load = async (): Promise<Scenario> => JSON.parse((await text?.()) ?? "null") as Scenario;
    return text ? [{ id, group: name, title: titles[id] ?? id, load }] : [];
  });
}
