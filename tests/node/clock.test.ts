/** The clock from JavaScript: schedules, triggers, and handlers that answer while it moves. */

import { Simulator } from "eventbridge-sim";
import { afterEach, describe, expect, test, vi } from "vitest";

const lambda = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

function hourly(): Simulator {
  const simulator = new Simulator({ now: "2026-01-01T00:00:00Z" });
  simulator.putRule({ Name: "hourly", ScheduleExpression: "rate(1 hour)" });
  simulator.putTargets({ Rule: "hourly", Targets: [{ Id: "1", Arn: lambda("job") }] });
  return simulator;
}

describe("the clock", () => {
  test("lets handlers answer at the time of their invocation", () => {
    const simulator = hourly();
    const seen: string[] = [];
    simulator.onInvoke(lambda("job"), () => {
      seen.push(simulator.now());
      return { source: "job", detailType: "Done", detail: {} };
    });
    expect(simulator.advance("3h30m")).toBe("2026-01-01T03:30:00Z");
    expect(seen).toEqual(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"]);
    const done = simulator.trace().map(({ rules }) => rules[0]?.invocations[0]?.emitted[0]?.event.time);
    expect(done).toEqual(seen);
  });

  test("tells when a schedule fires next, and fires it on demand", () => {
    const simulator = hourly();
    expect(simulator.schedule({ rule: "hourly", count: 2 })).toEqual(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z"]);
    expect(simulator.schedule({ expression: "cron(0 0 1 1 ? *)", count: 1 })).toEqual(["2027-01-01T00:00:00Z"]);
    const eventId = simulator.trigger("arn:aws:events:us-east-1:123456789012:rule/hourly");
    expect(simulator.invocations({ eventId })).toHaveLength(1);
    expect(() => simulator.trigger("daily")).toThrow("there is no rule `daily` on bus `default`");
    expect(() => simulator.schedule({ expression: "at(2026-01-01T00:00:00)" })).toThrow("is not a schedule");
  });

  test("awaits handlers that return promises when it settles", async () => {
    const simulator = hourly();
    simulator.onInvoke(lambda("job"), async () => {
      await Promise.resolve();
    });
    simulator.advance("2h");
    await simulator.settle();
    expect(simulator.invocations().map(({ outcome }) => outcome)).toEqual(["delivered", "delivered"]);
  });

  test("refuses to do too much at once, and then has done nothing", () => {
    const simulator = hourly();
    expect(() => simulator.advance("36500d")).toThrow("schedules fire more than 20160 times");
    expect(simulator.now()).toBe("2026-01-01T00:00:00Z");
    expect(simulator.invocations()).toEqual([]);
  });
});

describe("archives and replays", () => {
  test("bring back what was sent", () => {
    const simulator = new Simulator({ now: "2026-01-01T00:00:00Z" });
    const bus = "arn:aws:events:us-east-1:123456789012:event-bus/default";
    const { ArchiveArn } = simulator.createArchive({ ArchiveName: "all", EventSourceArn: bus });
    simulator.send({ source: "shop", detailType: "Order", detail: { n: 1 } });
    simulator.startReplay({
      ReplayName: "again",
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date("2026-01-01T00:00:00Z"),
      EventEndTime: new Date("2026-01-01T00:01:00Z"),
      Destination: { Arn: bus },
    });
    simulator.advance("1m");
    expect(simulator.describeReplay({ ReplayName: "again" }).State).toBe("COMPLETED");
    expect(simulator.trace().at(-1)).toMatchObject({
      cause: { kind: "replay" },
      event: { "replay-name": "again", detail: { n: 1 } },
    });
  });
});

describe('`clock: "system"`', () => {
  const minute = 60_000;
  afterEach(() => void vi.useRealTimers());

  test("follows the host's, and does what fell due before the next call is answered", () => {
    vi.useFakeTimers({ now: new Date("2030-05-05T10:00:00Z"), toFake: ["Date"] });
    const simulator = new Simulator({ clock: "system" });
    expect(simulator.now()).toBe("2030-05-05T10:00:00Z");
    simulator.putRule({ Name: "hourly", ScheduleExpression: "rate(1 hour)" });
    simulator.putTargets({ Rule: "hourly", Targets: [{ Id: "1", Arn: lambda("job") }] });
    const seen: string[] = [];
    simulator.onInvoke(lambda("job"), () => void seen.push(simulator.now()));
    vi.setSystemTime(Date.now() + 150 * minute);
    expect(simulator.invocations().map(({ time }) => time)).toEqual(["2030-05-05T11:00:00Z", "2030-05-05T12:00:00Z"]);
    expect(seen).toEqual(["2030-05-05T11:00:00Z", "2030-05-05T12:00:00Z"]);
    expect(simulator.send({ source: "a", detailType: "b", detail: {} }).trace.event.time).toBe("2030-05-05T12:30:00Z");
  });

  test("goes on from where it was moved to, and begins anew at the host's time", () => {
    vi.useFakeTimers({ now: new Date("2030-05-05T10:00:00Z"), toFake: ["Date"] });
    const simulator = new Simulator({ clock: "system" });
    simulator.advance("1h");
    vi.setSystemTime(Date.now() + minute);
    expect(simulator.now()).toBe("2030-05-05T11:01:00Z");
    vi.setSystemTime(Date.now() - 10 * minute);
    expect(simulator.now()).toBe("2030-05-05T11:01:00Z");
    simulator.reset();
    expect(simulator.now()).toBe("2030-05-05T09:51:00Z");
  });

  test("begins at `now` if that is given, which may be a `Date`", () => {
    vi.useFakeTimers({ now: new Date("2030-05-05T10:00:00Z"), toFake: ["Date"] });
    const simulator = new Simulator({ clock: "system", now: new Date("2026-01-01T00:00:00Z") });
    vi.setSystemTime(Date.now() + minute);
    expect(simulator.now()).toBe("2026-01-01T00:01:00Z");
    const other = new Simulator({ clock: "virtual", now: new Date("2026-01-01T00:00:00Z") });
    expect(other.now()).toBe("2026-01-01T00:00:00Z");
    other.restore(simulator.snapshot());
    expect(other.now()).toBe("2026-01-01T00:01:00Z");
  });

  test("is not for scenarios, which run the same every time", () => {
    const load = (clock: "virtual" | "system") => new Simulator().load({ version: 1, options: { clock }, calls: [] });
    expect(load("virtual")).toEqual([]);
    expect(() => load("system")).toThrow('a scenario\'s clock is `"virtual"`');
  });
});
