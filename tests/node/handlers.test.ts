// Handlers: targets whose answer JavaScript computes.

import { type Invocation, Simulator } from "eventbridge-sim";
import { describe, expect, test } from "vitest";

const lambda = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** A simulator with a rule for each of these detail types, whose target is the function of that name. */
function functions(...names: string[]): Simulator {
  const simulator = new Simulator();
  for (const name of names) {
    simulator.putRule({ Name: name, EventPattern: { "detail-type": [name] } });
    simulator.putTargets({ Rule: name, Targets: [{ Id: "f", Arn: lambda(name) }] });
  }
  return simulator;
}

const event = (detailType: string, detail: object = {}) => ({ source: "test", detailType, detail });
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 1));

describe("a handler that answers at once", () => {
  test("is done when send returns, and so is all that follows", () => {
    const simulator = functions("a", "b");
    const seen: string[] = [];
    simulator.onInvoke(lambda("a"), ({ event: { detail } }) => event("b", { n: Number(detail.n) + 1 }));
    simulator.onInvoke(lambda("b"), ({ input }) => {
      seen.push(input);
    });
    const { invocations, trace } = simulator.send(event("a", { n: 1 }));
    expect(seen.map((input) => JSON.parse(input) as unknown)).toMatchObject([{ detail: { n: 2 } }]);
    expect(invocations.map(({ target, outcome }) => [target, outcome])).toEqual([
      [lambda("a"), "delivered"],
      [lambda("b"), "delivered"],
    ]);
    expect(trace.rules[0]?.invocations[0]?.emitted).toMatchObject([
      { cause: { kind: "handler" }, event: { "detail-type": "b" } },
    ]);
  });

  test("may return PutEvents entries, and several", () => {
    const simulator = functions("a", "b");
    simulator.onInvoke(lambda("a"), () => [
      { Source: "test", DetailType: "b", Detail: { n: 1 } },
      { Source: "test", DetailType: "b", Detail: '{"n":2.0}' },
    ]);
    const { invocations } = simulator.send(event("a"));
    expect(invocations.filter(({ target }) => target === lambda("b"))).toHaveLength(2);
    expect(invocations[2]?.input).toContain('"n":2.0');
  });

  test("that throws fails its invocation", () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), () => {
      throw new TypeError("no such order");
    });
    expect(simulator.send(event("a")).invocations).toMatchObject([
      { outcome: "failed", error: { code: "TypeError", message: "no such order" } },
    ]);
  });

  test("that answers with something else than events fails its invocation", () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), () => ({ statusCode: 200 }) as unknown as undefined);
    expect(simulator.send(event("a")).invocations).toMatchObject([
      { outcome: "failed", error: { code: "InvalidHandlerAnswer" } },
    ]);
  });

  test.each([
    ["InvalidArgument", { Source: "test", Detail: "{}" }],
    ["MalformedDetail", { Source: "test", DetailType: "b", Detail: "no JSON" }],
    ["InvalidEventError", { Sourc: "test", DetailType: "b", Detail: {} }],
    ["TypeError", { source: "test", detailType: "b" }],
  ])("that answers with an event that cannot be put fails its invocation: %s", (code, answer) => {
    const simulator = functions("a", "b");
    simulator.onInvoke(lambda("a"), () => [event("b"), answer as ReturnType<typeof event>]);
    expect(simulator.send(event("a")).invocations).toMatchObject([{ outcome: "failed", error: { code } }]);
  });

  test("that emits as a service is its parent too", () => {
    const simulator = functions("a", "b");
    simulator.onInvoke(lambda("a"), ({ event: { id: _, ...envelope } }) => {
      simulator.emit({ ...envelope, source: "aws.test", "detail-type": "b" });
    });
    const { trace } = simulator.send(event("a"));
    expect(trace.rules[0]?.invocations[0]?.emitted).toMatchObject([{ event: { source: "aws.test" } }]);
  });

  test("may send events itself: they are children of its invocation", () => {
    const simulator = functions("a", "b");
    const nested: Invocation[] = [];
    simulator.onInvoke(lambda("a"), () => {
      nested.push(...simulator.send(event("b")).invocations);
    });
    const { trace } = simulator.send(event("a"));
    expect(nested).toMatchObject([{ target: lambda("b") }]);
    expect(trace.rules[0]?.invocations[0]?.emitted).toMatchObject([{ event: { "detail-type": "b" } }]);
    expect(simulator.trace()).toHaveLength(1);
  });

  test("runs no more once it was disposed of", () => {
    const simulator = functions("a");
    let count = 0;
    const dispose = simulator.onInvoke(lambda("*"), () => {
      count += 1;
    });
    simulator.send(event("a"));
    dispose();
    expect(simulator.send(event("a")).invocations).toMatchObject([{ outcome: "delivered" }]);
    expect(count).toBe(1);
  });

  test("stops when it wants to: no loop", () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), ({ event: { detail } }) =>
      Number(detail.n) < 2 ? event("a", { n: Number(detail.n) + 1 }) : undefined,
    );
    expect(simulator.send(event("a", { n: 0 })).invocations).toHaveLength(3);
    expect(simulator.observedLoops()).toEqual([]);
  });

  test("that goes on for ever is suspected, and stopped", () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), () => event("a"));
    const { invocations } = simulator.send(event("a"));
    expect(invocations.at(-1)?.outcome).toBe("loop-stopped");
    expect(simulator.observedLoops()).toMatchObject([{ verdict: "suspected" }]);
  });
});

describe("a handler that returns a promise", () => {
  test("is pending until settle has awaited it", async () => {
    const simulator = functions("a", "b");
    simulator.onInvoke(lambda("a"), async () => {
      await pause();
      return event("b");
    });
    const { eventId, invocations } = simulator.send(event("a"));
    expect(invocations).toMatchObject([{ outcome: "pending" }]);
    await simulator.settle();
    expect(simulator.trace(eventId)[0]?.rules[0]?.invocations).toMatchObject([
      { outcome: "delivered", emitted: [{ event: { "detail-type": "b" } }] },
    ]);
  });

  test("never overlaps with another: they run in order", async () => {
    const simulator = functions("a");
    const order: string[] = [];
    simulator.onInvoke(lambda("a"), async ({ event: { detail } }) => {
      order.push(`start ${String(detail.n)}`);
      await pause();
      order.push(`end ${String(detail.n)}`);
    });
    for (const n of [1, 2]) simulator.send(event("a", { n }));
    await Promise.all([simulator.settle(), simulator.settle()]);
    expect(order).toEqual(["start 1", "end 1", "start 2", "end 2"]);
  });

  test("that rejects fails its invocation", async () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), () => Promise.reject(new RangeError("too late")));
    simulator.send(event("a"));
    await simulator.settle();
    expect(simulator.invocations()).toMatchObject([
      { outcome: "failed", error: { code: "RangeError", message: "too late" } },
    ]);
  });

  test("is the parent of what it sends after it waited; unrelated code is not", async () => {
    const simulator = functions("a", "b", "c");
    simulator.onInvoke(lambda("a"), async () => {
      await pause();
      simulator.send(event("b"));
    });
    simulator.send(event("a"));
    const settled = simulator.settle();
    simulator.send(event("c"));
    await settled;
    const trace = simulator.trace();
    expect(trace.map((node) => node.event["detail-type"])).toEqual(["a", "c"]);
    expect(trace[0]?.rules[0]?.invocations[0]?.emitted).toMatchObject([{ event: { "detail-type": "b" } }]);
  });

  test("may not wait for itself", async () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), () => simulator.settle());
    simulator.send(event("a"));
    await simulator.settle();
    expect(simulator.invocations()[0]?.error?.message).toContain("settle() within a handler");
  });

  test("does not keep simulators apart from each other: a call on another one is from outside", () => {
    const [one, two] = [functions("a"), functions("b")];
    one.onInvoke(lambda("a"), () => {
      two.send(event("b"));
    });
    one.send(event("a"));
    expect(two.trace()).toMatchObject([{ cause: { kind: "put-events" } }]);
  });
});

describe("the context of a handler", () => {
  test("makes its calls children of the invocation, from wherever they are made", async () => {
    const simulator = functions("a", "b");
    const later: (() => void)[] = [];
    simulator.onInvoke(lambda("a"), (_, context) => {
      later.push(() => context.send(event("b")));
    });
    const { eventId } = simulator.send(event("a"));
    // Outside of the handler, after it has answered.
    for (const call of later) call();
    const [tree] = simulator.trace(eventId);
    expect(tree?.rules[0]?.invocations[0]?.emitted).toMatchObject([{ event: { "detail-type": "b" } }]);
    expect(simulator.trace()).toHaveLength(1);
  });

  test("takes every call that sends events", () => {
    const simulator = functions("a", "b");
    simulator.onInvoke(lambda("a"), ({ event: { id: _, ...envelope } }, context) => {
      context.emit({ ...envelope, source: "aws.test", "detail-type": "b" });
      context.invoke("PutEvents", { Entries: [{ Source: "test", DetailType: "b", Detail: { n: 1 } }] });
      const body = JSON.stringify({ Entries: [{ Source: "test", DetailType: "b", Detail: "{}" }] });
      expect(context.request("PutEvents", body).status).toBe(200);
    });
    const { trace } = simulator.send(event("a"));
    expect(trace.rules[0]?.invocations[0]?.emitted.map(({ cause }) => cause.kind)).toEqual(Array(3).fill("handler"));
  });

  test("does not adopt what other handlers do in its call", () => {
    const simulator = functions("a", "b", "c");
    simulator.onInvoke(lambda("a"), (_, context) => {
      context.send(event("b"));
    });
    simulator.onInvoke(lambda("b"), () => {
      simulator.send(event("c"));
    });
    const { trace } = simulator.send(event("a"));
    const [b] = trace.rules[0]?.invocations[0]?.emitted ?? [];
    expect(b?.rules[1]?.invocations[0]?.emitted).toMatchObject([{ event: { "detail-type": "c" } }]);
  });

  test("finds a loop through code that answers long before it sends", async () => {
    const simulator = functions("a");
    simulator.onInvoke(lambda("a"), (_, context) => {
      queueMicrotask(() => context.send(event("a")));
    });
    simulator.send(event("a"));
    while (simulator.observedLoops().length === 0) await pause();
    expect(simulator.observedLoops()).toMatchObject([{ verdict: "suspected" }]);
    expect(simulator.trace()).toHaveLength(1);
  });

  test("is from outside in a world that was loaded since", () => {
    const simulator = functions("a");
    let late: () => unknown = () => undefined;
    simulator.onInvoke(lambda("a"), (_, context) => {
      late = () => context.send(event("a"));
    });
    simulator.send(event("a"));
    simulator.reset();
    late();
    expect(simulator.trace()).toMatchObject([{ cause: { kind: "put-events" } }]);
  });
});
