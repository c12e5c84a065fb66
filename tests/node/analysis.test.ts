// What the simulator says without any event: loops, and what rules get wrong together.
import { Simulator } from "eventbridge-sim";
import { expect, test } from "vitest";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:again";

function looping(pattern: object): Simulator {
  const simulator = new Simulator();
  simulator.putRule({ Name: "again", EventPattern: JSON.stringify(pattern) });
  simulator.putTargets({ Rule: "again", Targets: [{ Id: "1", Arn: FUNCTION }] });
  simulator.effect({
    target: FUNCTION,
    emits: [{ Source: "shop", DetailType: "Again", Detail: { n: "<$.detail.n>" } }],
  });
  return simulator;
}

test("a loop is proven before any event, with a witness that runs and a fix that breaks it", () => {
  const simulator = looping({ source: ["shop"] });
  const { loops, complete, notAnalysed } = simulator.analyzeLoops();
  expect([loops.length, loops[0]?.verdict, complete, notAnalysed]).toEqual([1, "proven", true, []]);
  expect(simulator.invocations()).toEqual([]);
  simulator.emit(loops[0]?.witness as Parameters<Simulator["emit"]>[0]);
  expect(simulator.observedLoops()[0]?.verdict).toBe("proven");
  expect(
    looping((loops[0]?.fix?.pattern ?? {}) as object)
      .analyzeLoops()
      .loops.filter((it) => it.verdict !== "cut"),
  ).toEqual([]);
});

test("rules that cannot fire each other have no loop", () => {
  expect(looping({ source: ["other"] }).analyzeLoops()).toEqual({ loops: [], complete: true, notAnalysed: [] });
});

test("rules that send the same events to the same target are told", () => {
  const simulator = looping({ source: ["other"] });
  simulator.putRule({ Name: "twin", EventPattern: '{"source":["other"]}' });
  simulator.putTargets({ Rule: "twin", Targets: [{ Id: "1", Arn: FUNCTION }] });
  expect(simulator.lint().map((it) => it.code)).toEqual(["EB030"]);
});
