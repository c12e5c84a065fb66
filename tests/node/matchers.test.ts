// Matchers: what passes, and what a failure tells.

import { Simulator } from "eventbridge-sim";
import { matchers } from "eventbridge-sim/vitest";
import { describe, expect, test } from "vitest";

const lambda = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const order = (total: unknown) => ({ source: "shop", detailType: "Order Paid", detail: { total, by: "card" } });

function shop(): Simulator {
  const simulator = new Simulator();
  simulator.putRule({
    Name: "large",
    EventPattern: { source: ["shop"], detail: { total: [{ numeric: [">", 100] }] } },
  });
  simulator.putTargets({ Rule: "large", Targets: [{ Id: "f", Arn: lambda("ship"), InputPath: "$.detail" }] });
  simulator.putRule({ Name: "audit", EventPattern: { source: ["shop.audit"] } });
  simulator.putTargets({ Rule: "audit", Targets: [{ Id: "f", Arn: lambda("audit") }] });
  return simulator;
}

/** What a matcher says when it fails; the negated one when it passes. */
function words(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the matcher did not fail");
}

describe("toMatchEventPattern", () => {
  test("takes text and objects", () => {
    expect({ source: "shop" }).toMatchEventPattern({ source: ["shop"] });
    expect('{"source":"shop"}').toMatchEventPattern('{"source":[{"prefix":"sh"}]}');
    expect({ source: "shop" }).not.toMatchEventPattern({ source: ["bank"] });
  });

  test("tells every leaf that fails", () => {
    const failure = words(() =>
      expect({ source: "shop", detail: { total: "7" } }).toMatchEventPattern({
        source: ["Shop"],
        detail: { total: [7] },
      }),
    );
    expect(failure).toBe(
      [
        "the event does not match the pattern:",
        '  `source` is "shop", expected "Shop" (only the case differs: correct it, or use `equals-ignore-case`)',
        '  `detail.total` is "7", expected 7 (the event has a string: write `"7"`)',
      ].join("\n"),
    );
  });

  test("refuses what is no event", () => {
    expect(() => expect(7).toMatchEventPattern({ source: ["shop"] })).toThrow("wants an event");
  });
});

describe("toHaveRoutedTo", () => {
  test("takes targets, globs and rules, of a simulator or of one send", () => {
    const simulator = shop();
    const sent = simulator.send(order(300));
    for (const received of [simulator, sent]) {
      expect(received).toHaveRoutedTo(lambda("ship"));
      expect(received).toHaveRoutedTo("*:ship");
      expect(received).toHaveRoutedTo("large");
      expect(received).not.toHaveRoutedTo("*:audit");
    }
  });

  test("shows the nearest rule and why it did not match", () => {
    const simulator = shop();
    simulator.send({ ...order(300), source: "bank" });
    simulator.send(order("300"));
    expect(words(() => expect(simulator).toHaveRoutedTo(lambda("ship")))).toBe(
      [
        `no event was routed to \`${lambda("ship")}\``,
        "rule `large` did not match event `Order Paid of shop` (the nearest of 2):",
        '  `detail.total` is "300", expected a number > 100 (the event has the number as a string, and `numeric` sees only numbers)',
      ].join("\n"),
    );
  });

  test("tells when no rule leads there, and when nothing was sent", () => {
    const simulator = shop();
    expect(words(() => expect(simulator).toHaveRoutedTo("*:shipp"))).toBe(
      [
        "no event was routed to `*:shipp`",
        "no rule leads there; there are rules to:",
        `  ${lambda("audit")}`,
        `  ${lambda("ship")}`,
      ].join("\n"),
    );
    expect(words(() => expect(simulator).toHaveRoutedTo("*:ship"))).toContain("no event was put on any bus");
  });

  test("tells the way of what should not have been routed", () => {
    const simulator = shop();
    simulator.send(order(300));
    expect(words(() => expect(simulator).not.toHaveRoutedTo("large"))).toBe(
      [
        "events were routed to `large`, and should not:",
        `  rule \`large\` → ${lambda("ship")}: delivered, input {"total":300,"by":"card"}`,
      ].join("\n"),
    );
  });
});

describe("toHaveInvoked", () => {
  test("counts, and looks at input, event and rule", () => {
    const simulator = shop();
    simulator.send(order(300));
    simulator.send(order(400));
    expect(simulator).toHaveInvoked("*:ship");
    expect(simulator).toHaveInvoked("*:ship", { times: 2, rule: "large" });
    expect(simulator).toHaveInvoked("*:ship", { times: 1, input: { total: 400 } });
    expect(simulator).toHaveInvoked("*:ship", { times: 1, input: '{"total":300,"by":"card"}' });
    expect(simulator).toHaveInvoked("*:ship", { times: 1, event: { detail: { total: [300] } } });
    expect(simulator).toHaveInvoked("*:audit", { times: 0 });
  });

  test("tells what was delivered instead", () => {
    const simulator = shop();
    simulator.send(order(300));
    expect(words(() => expect(simulator).toHaveInvoked("*:ship", { input: { total: 7 } }))).toBe(
      [
        "`*:ship` was not invoked as expected. It was reached by:",
        `  rule \`large\` → ${lambda("ship")}: delivered, input {"total":300,"by":"card"}; the input lacks what is wanted`,
      ].join("\n"),
    );
  });

  test("tells why a delivery failed", () => {
    const simulator = shop();
    simulator.onInvoke("*:ship", () => {
      throw new RangeError("no such order");
    });
    simulator.send(order(300));
    expect(simulator).toHaveRoutedTo("*:ship");
    expect(words(() => expect(simulator).toHaveInvoked("*:ship"))).toContain("failed (RangeError: no such order)");
  });
});

test("an option of `toHaveInvoked` that there is not is refused", () => {
  const options = { time: 1 } as object;
  expect(() => expect(shop()).not.toHaveInvoked("*", options)).toThrow("toHaveInvoked: there is no option `time`");
});

describe("toHaveNoLoops", () => {
  test("passes where nothing goes round, and tells the loop where something does", () => {
    const simulator = shop();
    simulator.send(order(300));
    expect(simulator).toHaveNoLoops();
    simulator.effect({ target: "*:ship", emits: [{ Source: "shop", DetailType: "Order Paid", Detail: "<$.detail>" }] });
    simulator.send(order(300));
    const failure = words(() => expect(simulator).toHaveNoLoops());
    expect(failure).toContain("there are loops:\n  proven: large → large: rule `large` fires again through target `f`");
    expect(words(() => expect(shop()).not.toHaveNoLoops())).toBe("there are no loops, and there should be one");
  });

  test("wants a simulator", () => {
    expect(() => expect({}).toHaveNoLoops()).toThrow("wants a simulator");
    expect(Object.keys(matchers)).toHaveLength(4);
  });
});
