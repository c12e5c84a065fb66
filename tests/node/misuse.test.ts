// What a slip of the pen does: never something else than was meant, and never an error from within.

import { EventBridgeError, inferPattern, matches, RuleSet, Simulator } from "eventbridge-sim";
import { describe, expect, test } from "vitest";
import { thrownBy } from "./thrown.js";

const simulator = (): Simulator => new Simulator();
const event = { source: "shop", detailType: "Order", detail: {} };
/** As JavaScript calls it, which nobody checks. */
const untyped = (value: unknown): never => value as never;

test.each<[string, () => unknown, string, string]>([
  [
    "an event's bus",
    () => simulator().send(untyped({ ...event, eventBusName: "b" })),
    "an event to send has no member `eventBusName`",
    "bus",
  ],
  [
    "an entry for an event",
    () => simulator().send(untyped({ Source: "shop" })),
    "an event to send has no member `Source`",
    "source",
  ],
  ["an event's time", () => simulator().send({ ...event, time: "tomorrow" }), "`tomorrow` is no time", "2026"],
  [
    "an entry's time",
    () => simulator().putEvents({ Entries: [{ Source: "shop", Time: new Date(Number.NaN) }] }),
    "`Invalid Date` is no time",
    "Date",
  ],
  ["the time to run to", () => simulator().runUntil(new Date(Number.NaN)), "`Invalid Date` is no time", "Date"],
  ["the time to begin at", () => simulator().reset({ now: "soon" }), "`soon` is no time", "Date"],
  [
    "a caller",
    () => simulator().listRules({}, untyped({ accountId: "1" })),
    "a caller has no member `accountId`",
    "account",
  ],
  ["a caller's account", () => simulator().listRules({}, { account: "1" }), "`1` is no account", "twelve digits"],
  ["a caller's region", () => simulator().listRules({}, { region: "" }), "`` is no region", "us-east-1"],
  [
    "where an event enters",
    () => simulator().emit("{}", untyped({ eventBus: "b" })),
    "`options` has no member `eventBus`",
    "bus",
  ],
  ["the region", () => new Simulator({ region: "mars" }), "`mars` is no region", "us-east-1"],
  ["an option", () => new Simulator(untyped({ sead: 1 })), "`options` has no member `sead`", "`seed`"],
  [
    "how much of a trace",
    () => simulator().trace(undefined, untyped({ leafs: true })),
    "`options` has no member `leafs`",
    "leaves",
  ],
  ["what to begin anew with", () => simulator().reset(untyped({ time: 1 })), "`options` has no member `time`", "now"],
  ["nothing to do", () => simulator().advance(untyped(undefined)), "`duration` is missing", "give `duration`"],
  [
    "a scenario's operation",
    () => simulator().load({ version: 1, calls: [{ operation: "PutRulez", input: {} }] }),
    "the call of `PutRulez` fails: UnknownOperationException",
    "`PutRule`",
  ],
])("%s is refused", (_, call, message, help) => {
  const thrown = thrownBy(call);
  expect(thrown).toBeInstanceOf(EventBridgeError);
  expect(thrown).toMatchObject({ message, help: expect.stringContaining(help) as string });
});

test.each<[string, () => unknown, string]>([
  ["a handler", () => simulator().onInvoke("*", untyped(undefined)), "a handler must be a function, not undefined"],
  ["an event", () => simulator().send(untyped(undefined)), "an event to send must be an object, not undefined"],
  ["events", () => inferPattern(untyped("{}")), "the events must be an array"],
  [
    "a detail",
    () => simulator().send(untyped({ source: "shop", detailType: "Order" })),
    "the detail of an event must be JSON text or an object, not undefined",
  ],
])("%s of a wrong type is a TypeError", (_, call, message) => {
  expect(thrownBy(call)).toEqual(new TypeError(message));
});

// wasm-bindgen takes what it is given for a string, and writes where it must not.
describe.each<[string, unknown]>([
  ["undefined", undefined],
  ["null", null],
  ["number", 5],
  ["object", {}],
  ["object", new Date(0)],
  ["function", () => "{}"],
  ["symbol", Symbol("{}")],
  ["bigint", 10n],
])("%s instead of a string", (kind, value) => {
  test.each<[string, (value: never) => unknown]>([
    ["a body", (it) => simulator().request("ListRules", it)],
    ["an operation", (it) => simulator().request(it, "{}")],
    ["an operation", (it) => simulator().invoke(it)],
    ["a rule's name", (it) => new RuleSet().add(it, { source: ["a"] })],
    ["a rule's name", (it) => new RuleSet().remove(it)],
  ])("%s is a TypeError, and the engine lives", (what, call) => {
    expect(thrownBy(() => call(untyped(value)))).toEqual(new TypeError(`${what} must be a string, not ${kind}`));
    expect(matches({ source: ["a"] }, '{"source": "a"}')).toBe(true);
  });
});

test.each([() => 1, Symbol("x")])("what has no JSON is no input", (input) => {
  const message = `an input must be JSON text or an object, not ${typeof input}`;
  expect(thrownBy(() => simulator().invoke("ListRules", untyped(input)))).toEqual(new TypeError(message));
});

test("a handler's answer is held to the same", () => {
  const sim = simulator();
  sim.putRule({ Name: "all", EventPattern: { source: ["shop"] } });
  sim.putTargets({ Rule: "all", Targets: [{ Id: "f", Arn: "arn:aws:lambda:us-east-1:123456789012:function:f" }] });
  sim.onInvoke("*", () => untyped({ ...event, eventBusName: "b" }));
  expect(sim.send(event).invocations).toMatchObject([
    { outcome: "failed", error: { code: "MisuseError", message: "an event to send has no member `eventBusName`" } },
  ]);
});
