// A fork is the world it was made of, and what is played in it comes to what the whole scenario comes to.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Scenario, Simulator } from "eventbridge-sim";
import { expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

const folder = fileURLToPath(new URL("../scenarios/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** As text: some of these traces have thousands of nodes. */
const told = (it: Simulator): string =>
  [it.trace(), it.invocations(), it.observedLoops(), it.metrics(), it.graph(), it.save(), it.now(), it.snapshot().ids]
    .map((part) => JSON.stringify(part))
    .join("\n");

test.for(files)("%s comes to the same in a fork of its world", (name) => {
  const scenario = JSON.parse(readFileSync(folder + name, "utf8")) as Scenario;
  const whole = new Simulator(scenario.options);
  whole.load(scenario);
  const { events, steps, ...world } = scenario;
  const base = new Simulator(scenario.options);
  base.load(world);
  const before = base.save();
  const happening = { version: 1 as const, calls: [], ...(events && { events }), ...(steps && { steps }) };
  const expected = told(whole);
  for (const _ of ["once", "and once more"]) {
    const fork = base.fork(JSON.stringify(happening));
    expect(told(fork)).toBe(expected);
    fork.free();
  }
  const restored = new Simulator();
  restored.restore(base.fork(JSON.stringify(happening)).snapshot());
  expect(told(restored)).toBe(expected);
  expect(base.save()).toEqual(before);
  expect(base.trace()).toEqual([]);
});

test("handlers go with a fork, and each world has its own from then on", () => {
  const simulator = new Simulator();
  simulator.putRule({ Name: "r", EventPattern: { source: ["shop"] } });
  simulator.putTargets({ Rule: "r", Targets: [{ Id: "f", Arn: "arn:aws:lambda:us-east-1:123456789012:function:f" }] });
  const handled: string[] = [];
  const stop = simulator.onInvoke("*", ({ event }) => void handled.push(event["detail-type"]));
  const fork = simulator.fork({
    version: 1,
    calls: [],
    events: [{ Source: "shop", DetailType: "played", Detail: {} }],
  });
  stop();
  fork.send({ source: "shop", detailType: "sent", detail: {} });
  simulator.send({ source: "shop", detailType: "not handled", detail: {} });
  expect(handled).toEqual(["played", "sent"]);
  expect([simulator.invocations().length, fork.invocations().length]).toEqual([1, 2]);
});

test("what is refused leaves no fork behind, and says where it stands in what was given", () => {
  const simulator = new Simulator();
  const call = '{"version":1,"calls":[{"operation":"PutRule","input":{}}]}';
  expect(thrownBy(() => simulator.fork(call))).toMatchObject({
    name: "InvalidScenarioError",
    range: { start: { offset: call.indexOf('{"operation"') } },
  });
  expect(thrownBy(() => simulator.fork('{"version":1,"calls":[],"options":{"seed":1}}'))).toMatchObject({
    name: "InvalidScenarioError",
    message: "a fork has the options of the world it is made of, so this scenario can have none",
  });
  expect(simulator.fork().save()).toEqual(simulator.save());
});

test("a world with a past is not forked, not even one whose only event was refused", () => {
  for (const source of ["shop", "aws.shop"]) {
    const simulator = new Simulator();
    simulator.putEvents({ Entries: [{ Source: source, DetailType: "x", Detail: "{}" }] });
    expect(thrownBy(() => simulator.fork())).toMatchObject({
      name: "MisuseError",
      message: "this world has a past, and only one without can be forked",
      help: "fork before the first event, or use `snapshot` and `restore`",
    });
  }
});
