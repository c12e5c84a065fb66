// A snapshot is the world: whatever is done afterwards gives the same bytes in the restored one as in the one it was taken of.
import { EventBridgeError, Simulator, type Snapshot } from "eventbridge-sim";
import { describe, expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

/** What is done to a world, chosen by a seed. */
type Act = (simulator: Simulator) => unknown;

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

const lambda = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const attempt = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error instanceof EventBridgeError ? [error.name, error.message] : String(error);
  }
};

/** One act in three is about events, the others about what is there. */
function someAct(roll: (sides: number) => number): Act {
  const [bus, rule] = [`bus-${roll(3)}`, `rule-${roll(4)}`];
  // An act is done to two worlds, so it has rolled already.
  const [number, seconds] = [roll(9), `${1 + roll(300)}s`];
  const target = { Rule: rule, EventBusName: bus };
  const acts: Act[] = [
    (it) => it.createEventBus({ Name: bus, Description: "one" }),
    (it) => it.deleteEventBus({ Name: bus }),
    (it) => it.putRule({ Name: rule, EventBusName: bus, EventPattern: { source: [{ prefix: "a" }] } }),
    (it) => it.putRule({ Name: rule, ScheduleExpression: "rate(1 minute)" }),
    (it) => it.putTargets({ ...target, Targets: [{ Id: "l", Arn: lambda("ship") }] }),
    (it) => it.putTargets({ Rule: rule, Targets: [{ Id: "l", Arn: lambda("answer") }] }),
    (it) => it.disableRule({ Name: rule, EventBusName: bus }),
    (it) => it.deleteRule({ Name: rule }),
    (it) => it.listRules({}, { region: "eu-west-1" }),
    (it) => it.putPermission({ EventBusName: bus, Action: "events:PutEvents", Principal: "*", StatementId: "all" }),
    (it) =>
      void it.effect({ target: lambda("ship"), emits: [{ Source: "b", DetailType: "S", Detail: { n: "<@uuid>" } }] }),
    (it) => it.advance(seconds),
    (it) => it.send({ source: "abc", detailType: "Order", detail: { n: number }, bus }).invocations,
    (it) => it.putEvents({ Entries: [{ Source: "aws.s3", DetailType: "x", Detail: "{}" }] }),
    (it) => it.emit({ source: "aws.ec2", "detail-type": "x", detail: {} }, { bus }),
    (it) => it.trigger(rule),
    (it) =>
      it.invoke("CreateArchive", {
        ArchiveName: `archive-${number % 2}`,
        EventSourceArn: `arn:aws:events:us-east-1:123456789012:event-bus/${bus}`,
      }),
    (it) =>
      it.invoke("CreateConnection", {
        Name: `connection-${number % 2}`,
        AuthorizationType: "BASIC",
        AuthParameters: { BasicAuthParameters: { Username: "u", Password: "p" } },
      }),
    (it) => it.invoke("DeleteConnection", { Name: `connection-${number % 2}` }),
    (it) =>
      it.invoke("StartReplay", {
        ReplayName: `replay-${number}`,
        EventSourceArn: `arn:aws:events:us-east-1:123456789012:archive/archive-${number % 2}`,
        EventStartTime: new Date("2029-12-01T00:00:00Z"),
        EventEndTime: new Date("2030-02-01T00:00:00Z"),
        Destination: { Arn: `arn:aws:events:us-east-1:123456789012:event-bus/${bus}` },
      }),
    (it) =>
      it.invoke("TagResource", {
        ResourceARN: `arn:aws:events:us-east-1:123456789012:event-bus/${bus}`,
        Tags: [{ Key: "k", Value: `${number}` }],
      }),
  ];
  return acts[roll(acts.length)] ?? (() => undefined);
}

const seen = (it: Simulator): string =>
  JSON.stringify([
    it.now(),
    it.trace(),
    it.invocations(),
    it.observedLoops(),
    it.save(),
    it.graph(),
    it.listEventBuses({}, { region: "eu-west-1" }),
  ]);

function withHandlers(it: Simulator): Simulator {
  it.onInvoke(lambda("answer"), ({ event }) => ({ source: "answer", detailType: "Answer", detail: { to: event.id } }));
  return it;
}

describe("a restored world", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))("goes on as the first would have (%i)", (seed) => {
    const roll = dice(seed);
    const first = withHandlers(new Simulator({ seed, now: "2030-01-01T00:00:00Z" }));
    for (let count = roll(40); count > 0; count -= 1) attempt(() => someAct(roll)(first));
    const second = withHandlers(new Simulator({ account: "999999999999" }));
    second.restore(JSON.stringify(first.snapshot()));
    expect(seen(second)).toBe(seen(first));
    for (let count = 20; count > 0; count -= 1) {
      const act = someAct(dice(seed * 1000 + count));
      expect(attempt(() => act(second))).toEqual(attempt(() => act(first)));
    }
    expect(seen(second)).toBe(seen(first));
  });

  test("keeps the last five thousand events or more, and still gives the ids it gave", () => {
    const first = new Simulator();
    for (let count = 0; count < 11_000; count += 1) {
      if (count === 10_500) first.createEventBus({ Name: "late" });
      first.putEvents({ Entries: [{ Source: "a", DetailType: "b", Detail: "{}" }] });
    }
    const snapshot = first.snapshot();
    expect(snapshot.dropped).toBeGreaterThan(4_000);
    expect(snapshot.journal.length).toBeLessThan(6_500);
    const second = new Simulator();
    second.restore(snapshot);
    const ids = (it: Simulator): string[] =>
      it
        .trace()
        .slice(-100)
        .map(({ event }) => event.id);
    expect(ids(second)).toEqual(ids(first));
    expect(second.describeEventBus({ Name: "late" })).toEqual(first.describeEventBus({ Name: "late" }));
    const event = { source: "a", detailType: "b", detail: {} };
    expect(second.send(event).eventId).toBe(first.send(event).eventId);
  }, 60_000);

  test("is made of few calls, however many buses and rules came and went", () => {
    const target = (id: string) => ({ Id: id, Arn: lambda("ship") });
    const first = new Simulator();
    first.listRules({});
    first.createEventBus({ Name: "stays" });
    first.putRule({ Name: "stays", EventPattern: { source: ["z"] } });
    for (let count = 0; count < 300; count += 1) {
      const [bus, rule] = [`bus-${count % 7}`, `rule-${count % 11}`];
      first.createEventBus({ Name: bus });
      first.putRule({ Name: rule, EventBusName: bus, EventPattern: { source: ["a"] } });
      first.putTargets({ Rule: rule, EventBusName: bus, Targets: [target("t")] });
      first.putRule({ Name: "stays", EventPattern: { source: [`z${count}`] } });
      const Entries = [{ Source: "a", DetailType: "b", Detail: "{}", EventBusName: bus }];
      for (let sent = 0; sent < 40; sent += 1) first.putEvents({ Entries });
      // Another account names one of them, and one has a tag: those stay in the journal.
      const arn = `arn:aws:events:us-east-1:123456789012:event-bus/${bus}`;
      if (count === 3) attempt(() => first.listRules({ EventBusName: arn }, { account: "222222222222" }));
      if (count === 5) first.tagResource({ ResourceARN: arn, Tags: [{ Key: "k", Value: "v" }] });
      first.removeTargets({ Rule: rule, EventBusName: bus, Ids: ["t"] });
      first.deleteRule({ Name: rule, EventBusName: bus });
      if (count % 13 !== 0) first.putRule({ Name: rule, EventPattern: { source: ["b"] } });
      if (count % 3 === 0) first.deleteRule({ Name: rule });
      first.deleteEventBus({ Name: bus });
    }
    const snapshot = first.snapshot();
    const lasting = snapshot.journal.filter(({ name }) => name !== "PutEvents");
    const firstEvent = snapshot.journal.findIndex(({ name }) => name === "PutEvents");
    expect(firstEvent).toBeGreaterThan(0);
    expect(firstEvent).toBeLessThan(250);
    expect(lasting.length).toBeLessThan(1_700);
    const second = new Simulator();
    second.restore(JSON.stringify(snapshot));
    expect(seen(second)).toBe(seen(first));
    const event = { source: "z299", detailType: "b", detail: {} };
    expect(second.send(event)).toEqual(first.send(event));
  }, 60_000);

  test("has the handlers of the simulator it is restored into, and no others", () => {
    const rule = (it: Simulator): void => {
      it.putRule({ Name: "r", EventPattern: { source: ["a"] } });
      it.putTargets({ Rule: "r", Targets: [{ Id: "t", Arn: lambda("answer") }] });
    };
    const first = new Simulator();
    rule(first);
    const calls: string[] = [];
    first.onInvoke("*", () => void calls.push("first"));
    const second = new Simulator();
    const undo = second.onInvoke("*", () => void calls.push("second"));
    second.restore(first.snapshot());
    second.send({ source: "a", detailType: "b", detail: {} });
    undo();
    second.send({ source: "a", detailType: "b", detail: {} });
    expect(calls).toEqual(["second"]);
  });

  test("forgets an answer that the old world waits for", async () => {
    const simulator = new Simulator();
    simulator.putRule({ Name: "r", EventPattern: { source: ["a"] } });
    simulator.putTargets({ Rule: "r", Targets: [{ Id: "t", Arn: lambda("slow") }] });
    const before = simulator.snapshot();
    let answer: (() => void) | undefined;
    simulator.onInvoke("*", () => new Promise<void>((resolve) => (answer = resolve)));
    simulator.send({ source: "a", detailType: "b", detail: {} });
    const settled = simulator.settle();
    simulator.restore(before);
    answer?.();
    await settled;
    expect(simulator.invocations()).toEqual([]);
  });
});

describe("reset", () => {
  test("brings back the world as it began, ids and all, and keeps handlers", () => {
    const simulator = withHandlers(new Simulator({ seed: 7, now: "2030-01-01T00:00:00Z" }));
    const fill = (): string => {
      simulator.putRule({ Name: "r", EventPattern: { source: ["a"] } });
      simulator.putTargets({ Rule: "r", Targets: [{ Id: "t", Arn: lambda("answer") }] });
      simulator.advance("1h");
      simulator.send({ source: "a", detailType: "b", detail: {} });
      return seen(simulator);
    };
    const before = fill();
    simulator.reset();
    expect(simulator.trace()).toEqual([]);
    expect(simulator.listRules().Rules).toEqual([]);
    expect(fill()).toBe(before);
    simulator.reset({ now: "2031-01-01T00:00:00Z" });
    expect(simulator.now()).toBe("2031-01-01T00:00:00Z");
  });
});

describe("what is no snapshot is refused, and nothing is changed", () => {
  const good = (): Snapshot => new Simulator().snapshot();
  test.each<[string, unknown, string]>([
    ["text", "{", "not valid JSON"],
    ["another object", {}, "no snapshot"],
    ["a newer version", { ...good(), version: 2 }, "version 2"],
    ["one without its journal", { ...good(), journal: undefined }, "damaged"],
    ["one with a journal of something else", { ...good(), journal: [{ at: 1 }] }, "damaged"],
    ["one with other options", { ...good(), options: { account: "x" } }, "twelve digits"],
  ])("%s", (_, snapshot, words) => {
    const simulator = new Simulator();
    simulator.createEventBus({ Name: "mine" });
    const error = thrownBy(() => simulator.restore(snapshot as Snapshot));
    expect(error).toMatchObject({ message: expect.stringContaining(words) as string });
    expect(simulator.listEventBuses().EventBuses).toHaveLength(2);
  });
});
