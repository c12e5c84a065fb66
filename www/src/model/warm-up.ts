/**
 * Small work for a new engine, piece by piece.
 *
 * A browser compiles a function of the engine when it is first called. The first answer calls most of them, and would keep the
 * page from everything else meanwhile; so a world of one rule is asked first, each question in a task of its own.
 */
import type { Engine, Simulation } from "./engine.js";

const PATTERN = '{"source":["a"],"detail":{"n":[{"numeric":[">",1]}]}}';
const EVENT = '{"source":"a","detail-type":"b","detail":{"n":1}}';
const RULE = { operation: "PutRule", input: { Name: "r", EventPattern: PATTERN } };
const TARGETS = {
  operation: "PutTargets",
  input: { Rule: "r", Targets: [{ Id: "t", Arn: "arn:aws:sqs:us-east-1:123456789012:q" }] },
};

export async function warmUp(engine: Engine, turn: () => Promise<void>): Promise<void> {
  const world = (calls: object[], events: object[]): string => JSON.stringify({ version: 1, calls, events });
  const entry = (n: number): object => ({ Source: "a", DetailType: "b", Detail: { n } });
  let simulation: Simulation | undefined;
  const forked = (calls: object[], events: object[]): void => {
    const fork = simulation?.fork(world(calls, events));
    fork?.trace();
    fork?.graph();
    fork?.free();
  };
  const pieces = [
    () => engine.checkEvent(EVENT),
    () => engine.checkPattern(PATTERN),
    () => engine.lint(PATTERN),
    () => {
      simulation = new engine.Simulator();
      simulation.load(world([RULE], []));
    },
    () => forked([TARGETS], []),
    () => forked([], [entry(1)]),
    () => forked([TARGETS], [entry(2)]),
    () => simulation?.free(),
  ];
  for (const piece of pieces) {
    await turn();
    piece();
  }
}
