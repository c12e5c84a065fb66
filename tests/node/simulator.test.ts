// One simulator end to end, on the built package.

import { EventBridgeError, Simulator } from "eventbridge-sim";
import { describe, expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

const queue = "arn:aws:sqs:us-east-1:123456789012:orders";

/** A simulator whose rule `large-orders` sends orders above 100 to a queue. */
function shop(): Simulator {
  const simulator = new Simulator();
  simulator.createEventBus({ Name: "shop" });
  simulator.putRule({
    Name: "large-orders",
    EventBusName: "shop",
    EventPattern: { source: ["orders"], detail: { total: [{ numeric: [">", 100] }] } },
  });
  simulator.putTargets({ Rule: "large-orders", EventBusName: "shop", Targets: [{ Id: "queue", Arn: queue }] });
  return simulator;
}

const order = (total: number) => ({ bus: "shop", source: "orders", detailType: "Order Placed", detail: { total } });

describe("send", () => {
  test("tells what each target received", () => {
    const { eventId, invocations, trace } = shop().send(order(250));
    expect(invocations).toMatchObject([
      {
        rule: "arn:aws:events:us-east-1:123456789012:rule/shop/large-orders",
        targetId: "queue",
        target: queue,
        outcome: "delivered",
        attempt: 1,
        event: { id: eventId, source: "orders", "detail-type": "Order Placed", detail: { total: 250 } },
      },
    ]);
    expect(JSON.parse(invocations[0]?.input ?? "")).toEqual(invocations[0]?.event);
    expect(trace.rules).toMatchObject([{ name: "large-orders", outcome: "matched" }]);
  });

  test("tells why a rule did not match", () => {
    const simulator = shop();
    const { eventId, invocations, trace } = simulator.send(order(99));
    expect(invocations).toEqual([]);
    expect(trace.rules[0]?.outcome).toBe("no-match");
    expect(trace.rules[0]?.reason).toContain("detail.total");
    expect(trace.rules[0]?.reason).toContain("99");
    const [{ rules } = { rules: [] }] = simulator.trace(eventId, { leaves: true });
    expect(rules[0]?.leaves?.map(({ path, matched }) => [path, matched])).toEqual([
      ["source", true],
      ["detail.total", false],
    ]);
  });

  test("keeps the spelling of numbers when the detail is text", () => {
    const { invocations } = shop().send({ ...order(0), detail: '{"total":250.00,"id":12345678901234567890}' });
    expect(invocations[0]?.input).toContain('"total":250.00,"id":12345678901234567890');
  });

  test("throws the service's code when the entry fails", () => {
    expect(thrownBy(() => shop().send({ ...order(1), detail: "no JSON" }))).toMatchObject({
      name: "MalformedDetail",
      message: "Detail is malformed.",
    });
    expect(thrownBy(() => shop().send({ ...order(1), source: "aws.s3" }))).toMatchObject({
      name: "NotAuthorizedForSourceException",
    });
  });

  test("takes the time of the event", () => {
    const time = new Date("2031-02-03T04:05:06Z");
    expect(shop().send({ ...order(250), time }).trace.event.time).toBe("2031-02-03T04:05:06Z");
  });
});

describe("operations", () => {
  test("timestamps are dates", () => {
    const simulator = new Simulator({ now: "2030-01-02T03:04:05Z" });
    simulator.createEventBus({ Name: "shop" });
    expect(simulator.describeEventBus({ Name: "shop" }).CreationTime).toEqual(new Date("2030-01-02T03:04:05Z"));
  });

  test("patterns may be text or objects, and come back as text", () => {
    const simulator = new Simulator();
    const text = '{ "detail": { "n": [ 1.0 ] } }';
    simulator.putRule({ Name: "text", EventPattern: text });
    simulator.putRule({ Name: "object", EventPattern: { source: ["a"] } });
    expect(simulator.describeRule({ Name: "text" }).EventPattern).toBe(text);
    expect(simulator.describeRule({ Name: "object" }).EventPattern).toBe('{"source":["a"]}');
  });

  test("inputs that need nothing may be left out", () => {
    expect(new Simulator().listEventBuses().EventBuses).toMatchObject([{ Name: "default" }]);
  });

  test("they throw what the service would", () => {
    const error = thrownBy(() => new Simulator().describeRule({ Name: "nope" }));
    expect(error).toBeInstanceOf(EventBridgeError);
    expect(error).toMatchObject({
      name: "ResourceNotFoundException",
      message: "Rule nope does not exist on EventBus default.",
      $fault: "client",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("invoke asks for any operation by name, in any account and region", () => {
    const simulator = new Simulator();
    const caller = { account: "210987654321", region: "eu-central-1" };
    const { EventBusArn } = simulator.invoke("CreateEventBus", { Name: "theirs" }, caller);
    expect(EventBusArn).toBe("arn:aws:events:eu-central-1:210987654321:event-bus/theirs");
    expect(simulator.listEventBuses({}, caller).EventBuses).toHaveLength(2);
    expect(simulator.listEventBuses().EventBuses).toHaveLength(1);
  });

  test("there is always a message, even where the service has no words", () => {
    expect(thrownBy(() => new Simulator().invoke("PutRul", {}))).toMatchObject({
      name: "UnknownOperationException",
      message: "there is no operation `PutRul`; did you mean `PutRule`?",
    });
  });

  test("one that is not simulated yet says so", () => {
    expect(
      thrownBy(() => new Simulator().invoke("CreateArchive", { ArchiveName: "a", EventSourceArn: "b" })),
    ).toBeInstanceOf(EventBridgeError);
  });

  test("putEvents tells entry by entry", () => {
    const good = { Source: "orders", DetailType: "Order", Detail: { total: 1 } };
    const output = new Simulator().putEvents({ Entries: [good, { Source: "orders", Detail: "{}" }] });
    expect(output).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) as string }, { ErrorCode: expect.any(String) as string }],
    });
  });
});

describe("emit", () => {
  const envelope = {
    version: "0",
    id: "7bf73129-1428-4cd3-a780-95db273d1602",
    "detail-type": "EC2 Instance State-change Notification",
    source: "aws.ec2",
    account: "123456789012",
    time: "2030-01-02T03:04:05Z",
    region: "us-east-1",
    resources: [],
    detail: { state: "stopped" },
  };

  test("lets an AWS service's event in as it is", () => {
    const simulator = new Simulator();
    simulator.putRule({ Name: "stopped", EventPattern: { source: ["aws.ec2"], detail: { state: ["stopped"] } } });
    simulator.putTargets({ Rule: "stopped", Targets: [{ Id: "q", Arn: queue }] });
    expect(simulator.emit(envelope)).toBe(envelope.id);
    expect(simulator.invocations()).toMatchObject([{ target: queue, event: envelope }]);
    expect(simulator.trace()).toMatchObject([{ cause: { kind: "emit" }, event: envelope }]);
  });

  test("takes text too", () => {
    const simulator = new Simulator();
    simulator.emit(JSON.stringify(envelope));
    expect(simulator.trace(envelope.id)).toHaveLength(1);
  });
});

describe("effects", () => {
  const lambda = "arn:aws:lambda:us-east-1:123456789012:function:ship";

  test("what a target emits is a child of its invocation, until the effect is taken back", () => {
    const simulator = new Simulator();
    simulator.putRule({ Name: "ship", EventPattern: { source: ["orders"] } });
    simulator.putTargets({ Rule: "ship", Targets: [{ Id: "lambda", Arn: lambda }] });
    const dispose = simulator.effect({
      target: lambda,
      emits: [{ Source: "shipping", DetailType: "Shipped", Detail: { order: "<$.detail.id>" } }],
    });
    const event = { source: "orders", detailType: "Order", detail: { id: 7 } };
    const [emitted] = simulator.send(event).trace.rules[0]?.invocations[0]?.emitted ?? [];
    expect(emitted).toMatchObject({
      cause: { kind: "effect" },
      event: { source: "shipping", "detail-type": "Shipped", detail: { order: 7 } },
    });
    dispose();
    dispose();
    expect(simulator.send(event).trace.rules[0]?.invocations[0]?.emitted).toEqual([]);
  });

  test("presets are listed", () => {
    expect(new Simulator().presets().map(({ id }) => id)).toContain("s3-put-object-acl");
  });

  test("an effect that cannot be is refused with a reason", () => {
    expect(thrownBy(() => new Simulator().effect({ target: lambda, preset: "no-such" }))).toMatchObject({
      message: expect.stringContaining("no-such") as string,
    });
  });
});

describe("worlds", () => {
  test("two simulators know nothing of each other", () => {
    const [one, two] = [shop(), new Simulator()];
    expect(one.listEventBuses().EventBuses).toHaveLength(2);
    expect(two.listEventBuses().EventBuses).toHaveLength(1);
    one.free();
    expect(two.listEventBuses().EventBuses).toHaveLength(1);
    expect(thrownBy(() => one.listEventBuses())).toMatchObject({
      name: "EngineDeadError",
      message: expect.stringContaining("freed") as string,
    });
  });

  test("the same seed gives the same bytes, another seed other ids", () => {
    const run = (seed: number): string => {
      const simulator = new Simulator({ seed });
      simulator.putRule({ Name: "all", EventPattern: { source: [{ prefix: "" }] } });
      simulator.putTargets({ Rule: "all", Targets: [{ Id: "q", Arn: queue }] });
      for (const total of [1, 2, 3]) simulator.send({ source: "orders", detailType: "Order", detail: { total } });
      return JSON.stringify([simulator.trace(), simulator.save(), simulator.graph()]);
    };
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });

  test("the clock moves when told to", () => {
    const simulator = new Simulator({ now: "2030-01-01T00:00:00Z" });
    expect(simulator.now()).toBe("2030-01-01T00:00:00Z");
    expect(simulator.advance("1h30m")).toBe("2030-01-01T01:30:00Z");
    expect(simulator.runUntil(new Date("2030-01-02T00:00:00Z"))).toBe("2030-01-02T00:00:00Z");
  });

  test("what is saved can be loaded", () => {
    const saved = shop().save();
    const simulator = new Simulator();
    expect(simulator.load(saved)).toEqual([]);
    expect(simulator.send(order(250)).invocations).toHaveLength(1);
    expect(simulator.save()).toEqual(saved);
    const other = new Simulator();
    other.load(JSON.stringify(saved));
    expect(other.save()).toEqual(saved);
  });

  test("a scenario that is no JSON is refused", () => {
    const simulator = new Simulator();
    expect(thrownBy(() => simulator.load('{"version":1,'))).toMatchObject({
      name: "InvalidScenarioError",
      range: { start: { offset: 13, line: 1, column: 14 } },
    });
    const text = '{"version":1,"calls":[{"operation":"PutRulez","input":{}}]}';
    const error = thrownBy(() => simulator.load(text));
    expect(error).toMatchObject({ name: "InvalidScenarioError" });
    const { start, end } = (error as EventBridgeError).range ?? { start: { offset: 0 }, end: { offset: 0 } };
    expect(text.slice(start.offset, end.offset)).toContain("PutRulez");
  });

  test("the graph shows bus, rule and target", () => {
    const { nodes, edges } = shop().graph();
    expect(nodes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["bus", "rule", "target"]));
    expect(edges.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["considers", "invokes"]));
  });
});

test("a loop that a schedule sets off every minute stops the clock, and it can go on from there", () => {
  const simulator = new Simulator();
  const targets = [1, 2, 3, 4, 5].map((at) => ({
    Id: `t${at}`,
    Arn: `arn:aws:lambda:us-east-1:123456789012:function:f${at}`,
  }));
  simulator.putRule({ Name: "tick", ScheduleExpression: "rate(1 minute)" });
  simulator.putRule({ Name: "again", EventPattern: { source: ["again"] } });
  for (const Rule of ["tick", "again"]) simulator.putTargets({ Rule, Targets: targets });
  const emitted = (n: string) => ({ Source: "again", DetailType: "Again", Detail: { n } });
  simulator.effect({ target: "*", emits: [emitted("<@uuid>"), emitted("<@now>")] });
  expect(thrownBy(() => simulator.advance("1d"))).toMatchObject({
    message: "there are more than 1000000 firings; the clock has stopped at 2026-01-01T00:10:00Z",
    help: expect.stringContaining("go on from there") as string,
  });
  simulator.disableRule({ Name: "tick" });
  expect(simulator.advance("1d")).toBe("2026-01-02T00:10:00Z");
});
