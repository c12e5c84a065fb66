// Every scenario of tests/scenarios, loaded through the package: what it expects must have happened.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Scenario, Simulator } from "eventbridge-sim";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../scenarios/", import.meta.url));
const read = (name: string): string => readFileSync(folder + name, "utf8");

test.each(readdirSync(folder).filter((name) => name.endsWith(".json")))("%s", (name) => {
  const text = read(name);
  const scenario = JSON.parse(text) as Scenario;
  const simulator = new Simulator();
  simulator.load(text);
  const { passed, failed } = simulator.expect(scenario.expect ?? {});
  expect(failed).toEqual([]);
  expect(passed.length).toBeGreaterThan(0);
});

describe("the S3 ACL example", () => {
  test("its loop is proven, in the report and in the trace", () => {
    const simulator = new Simulator();
    const [eventId] = simulator.load(read("s3-acl-loop.json"));
    const [loop, ...others] = simulator.observedLoops();
    expect(others).toEqual([]);
    expect(loop).toMatchObject({ verdict: "proven", path: expect.any(Array) as unknown[], count: 1 });
    expect(loop?.rules).toHaveLength(1);
    expect(loop?.path[0]?.event.source).toBe("aws.s3");
    expect(simulator.invocations({ outcome: "loop-stopped" })).toHaveLength(1);
    expect(JSON.stringify(simulator.trace(eventId))).toContain('"outcome":"loop-stopped"');
  });

  test("its cure has none", () => {
    const simulator = new Simulator();
    simulator.load(read("s3-acl-cure.json"));
    expect(simulator.observedLoops()).toEqual([]);
  });

  test("what a handler answers can only be suspected", () => {
    const simulator = new Simulator();
    const { effects, ...scenario } = JSON.parse(read("s3-acl-loop.json")) as Scenario;
    const [effect] = effects ?? [];
    simulator.load({ ...scenario, events: [], steps: [] });
    simulator.onInvoke(effect?.target ?? "", ({ event }) => {
      simulator.emit({ ...event, id: crypto.randomUUID() });
    });
    const [event] = scenario.events ?? [];
    simulator.emit(event as object);
    expect(simulator.observedLoops()).toMatchObject([{ verdict: "suspected" }]);
  });
});
