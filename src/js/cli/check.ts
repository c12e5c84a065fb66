/** `ebsim check`: what is wrong with a scenario, or probably is: invalid parts, lints of its patterns, loops that its events run into. */

import { EventBridgeError } from "../errors.js";
import { lint } from "../pattern.js";
import { Simulator } from "../simulator.js";
import type { Diagnostic, LoopReport, Scenario } from "../types.js";
import { type Command, UsageError } from "./command.js";
import { framed, type Input, readFile } from "./input.js";
import { isScenario } from "./run.js";

export const check: Command = {
  name: "check",
  about: "find mistakes in scenarios: invalid parts, doubtful patterns, loops",
  usage: "check FILE... [--format text|json]",
  options: {
    format: { type: "string", value: "FORMAT", about: "`text` (default) or `json`, one array of findings" },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: [
    "exit codes: 0 no errors, 1 errors, 2 a file cannot be used",
    "reads scenarios; templates (CloudFormation, SAM, Serverless, Terraform) are not read yet",
  ],
  examples: ["ebsim check scenario.json", "ebsim check tests/scenarios/*.json --format json"],
  run(args) {
    if (args.rest.length === 0) throw new UsageError("the file is missing", "give one or more files, or `-`");
    const format = args.text("format") ?? "text";
    if (format === "sarif") throw new UsageError("the format `sarif` is not written yet", "use `text` or `json`");
    if (format !== "text" && format !== "json")
      throw new UsageError(`there is no format \`${format}\``, "`text` or `json`");
    const inputs = args.rest.map(readFile);
    const findings = inputs.flatMap((input) => findingsIn(input));
    if (format === "json")
      process.stdout.write(
        `${JSON.stringify(
          findings.map(({ input: _, ...rest }) => rest),
          null,
          2,
        )}\n`,
      );
    else process.stdout.write(inWords(findings, inputs.length));
    return Promise.resolve(findings.some(({ severity }) => severity === "error") ? 1 : 0);
  },
};

interface Finding {
  file: string;
  /** Where in the file: `rule orders`. */
  where: string;
  severity: Diagnostic["severity"];
  code: string;
  message: string;
  help?: string;
  /** The text that the finding's range counts in. */
  input: Input;
  diagnostic?: Diagnostic | EventBridgeError;
}

function findingsIn(input: Input): Finding[] {
  if (!isScenario(input.text)) {
    throw new UsageError(
      `\`${input.name}\` is no scenario: a JSON object with \`version\` and \`calls\``,
      "templates (CloudFormation, SAM, Serverless, Terraform) are not read yet",
    );
  }
  const simulator = new Simulator();
  try {
    simulator.load(input.text);
    return [...patternFindings(input), ...simulator.observedLoops().map((loop) => loopFinding(input, loop))];
  } catch (thrown) {
    if (!(thrown instanceof EventBridgeError)) throw thrown;
    return [{ ...about(input, "scenario", "error", thrown.name, thrown.message, thrown.help), diagnostic: thrown }];
  } finally {
    simulator.free();
  }
}

function patternFindings(input: Input): Finding[] {
  const { calls } = JSON.parse(input.text) as Scenario;
  return calls.flatMap(({ operation, input: call }) => {
    const { Name: name, EventPattern: pattern } = (call ?? {}) as { Name?: unknown; EventPattern?: unknown };
    if (operation !== "PutRule" || typeof pattern !== "string") return [];
    const where = `rule ${String(name)}`;
    return lint(pattern).map((found) => ({
      ...about(input, where, found.severity, found.code, found.message, found.help),
      input: { name: `${input.name}, ${where}`, text: pattern },
      diagnostic: found,
    }));
  });
}

function loopFinding(input: Input, { verdict, rules, reason }: LoopReport): Finding {
  const severity = verdict === "proven" || verdict === "suspected" ? "error" : "warning";
  return about(input, rules.join(" -> "), severity, `loop-${verdict}`, `these rules fire each other: ${reason}`);
}

function about(
  input: Input,
  where: string,
  severity: Finding["severity"],
  code: string,
  message: string,
  help?: string,
): Finding {
  return { file: input.name, where, severity, code, message, ...(help !== undefined && { help }), input };
}

function inWords(findings: readonly Finding[], files: number): string {
  const texts = findings.map(({ diagnostic, input, where, severity, message, code }) =>
    diagnostic === undefined
      ? `${severity}: ${message}\n  --> ${input.name}, ${where}\n   = code: ${code}`
      : framed(diagnostic, input),
  );
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return [...texts, `${files} checked, ${errors} errors, ${findings.length - errors} other findings`, ""].join("\n");
}
