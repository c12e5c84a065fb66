/** `ebsim run`: loads a scenario, shows what happened, and holds it against what the scenario expects. */

import { Simulator } from "../simulator.js";
import type { LoopReport, Scenario, TraceNode } from "../types.js";
import { type Command, type ExitCode, UsageError } from "./command.js";
import { type Input, read, reading } from "./input.js";

export const run: Command = {
  name: "run",
  about: "load scenarios, show where their events went, check what they expect",
  usage: "run SCENARIO... [--json]",
  options: {
    json: { type: "boolean", about: "print { trace, loops, passed, failed } for each as a JSON line" },
    quiet: { type: "boolean", short: "q", about: "print only what failed" },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: ["exit codes: 0 all that is expected happened, 1 something did not, 2 a scenario is not valid"],
  examples: [
    "ebsim run scenario.json",
    "ebsim run tests/scenarios/*.json --quiet",
    "ebsim run - --json < scenario.json",
  ],
  run(args) {
    if (args.rest.length === 0) throw new UsageError("the scenario is missing", "give a file, `-`, or the JSON itself");
    let code: ExitCode = 0;
    for (const argument of args.rest) {
      const input = read(argument, "the scenario", "SCENARIO");
      const result = resultOf(input);
      if (result.failed.length > 0) code = 1;
      const isQuiet = args.flag("quiet");
      const text = args.flag("json") ? `${JSON.stringify(result)}\n` : inWords(input.name, result, isQuiet);
      process.stdout.write(text);
    }
    return Promise.resolve(code);
  },
};

interface Result {
  trace: TraceNode[];
  loops: LoopReport[];
  passed: string[];
  failed: string[];
}

function resultOf(input: Input): Result {
  const simulator = new Simulator();
  try {
    return reading(input, (text) => {
      simulator.load(text);
      const { expect = {} } = JSON.parse(text) as Scenario;
      return { trace: simulator.trace(), loops: simulator.observedLoops(), ...simulator.expect(expect) };
    });
  } finally {
    simulator.free();
  }
}

function inWords(name: string, { trace, loops, passed, failed }: Result, isQuiet: boolean): string {
  const shown = isQuiet ? [] : [...trace.flatMap((node) => nodeLines(node, 0)), ...loops.flatMap(loopLines)];
  const checks = failed.map((words) => `FAILED ${words}`);
  const count = passed.length + failed.length;
  const verdict = count === 0 ? "nothing is expected" : `${passed.length} of ${count} expectations hold`;
  if (isQuiet && failed.length === 0) return "";
  return [`${name}: ${verdict}`, ...checks, ...shown.map((line) => `  ${line}`), ""].join("\n");
}

function nodeLines({ event, bus, dropped, rules }: TraceNode, depth: number): string[] {
  const indent = "  ".repeat(depth);
  const head = `${indent}${event.source} "${event["detail-type"]}" on ${bus.slice(bus.lastIndexOf("/") + 1)}`;
  if (dropped !== undefined) return [`${head}: ${dropped}`];
  return [
    head,
    ...rules.flatMap((rule) => {
      if (rule.outcome !== "matched") return [`${indent}  no  ${rule.name}: ${rule.reason ?? rule.outcome}`];
      return [
        `${indent}  ok  ${rule.name}`,
        ...rule.invocations.flatMap(({ target, outcome, error, emitted }) => [
          `${indent}      -> ${target}: ${outcome}${error === undefined ? "" : ` (${error.code}: ${error.message})`}`,
          ...emitted.flatMap((next) => nodeLines(next, depth + 4)),
        ]),
      ];
    }),
  ];
}

function loopLines({ verdict, rules, reason }: LoopReport): string[] {
  return [`loop (${verdict}): ${rules.join(" -> ")}`, `  ${reason}`];
}

/** Whether a file is meant as a scenario: JSON with its members, or what would be if it were valid. Loading it tells what is wrong. */
export function isScenario(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "calls" in value;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return /^\s*\{[\s\S]*"(calls|version)"\s*:/.test(text);
    throw thrown;
  }
}
