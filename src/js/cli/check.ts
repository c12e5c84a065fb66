/** `ebsim check`: prints what is wrong with scenarios, or probably is. */

import { type Command, UsageError } from "./command.js";
import { type Finding, findingsIn } from "./findings.js";
import { framed, readFile } from "./input.js";
import { isScenario } from "./run.js";
import { sarifOf } from "./sarif.js";

/** A way to print findings. */
type Format = (findings: readonly Finding[], files: number) => string;

const formats: Readonly<Record<string, Format>> = {
  text: inWords,
  json: (findings) => json(findings.map(({ shown: _, ...rest }) => rest)),
  sarif: (findings) => json(sarifOf(findings)),
};

export const check: Command = {
  name: "check",
  about: "find mistakes in scenarios: invalid parts, doubtful patterns and rules, loops",
  usage: "check FILE... [--format text|json|sarif]",
  options: {
    format: {
      type: "string",
      value: "FORMAT",
      about: "`text` (default); `json`, one array of findings; `sarif`, for code hosts and editors",
    },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: [
    "exit codes: 0 no errors, 1 errors, 2 a file cannot be used",
    "reads scenarios; templates (CloudFormation, SAM, Serverless, Terraform) are not read yet",
  ],
  examples: ["ebsim check scenario.json", "ebsim check tests/scenarios/*.json --format sarif > ebsim.sarif"],
  run(args) {
    if (args.rest.length === 0) throw new UsageError("the file is missing", "give one or more files, or `-`");
    const name = args.text("format") ?? "text";
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (format === undefined) throw new UsageError(`there is no format \`${name}\``, "`text`, `json` or `sarif`");
    const inputs = args.rest.map(readFile);
    const other = inputs.find(({ text }) => !isScenario(text));
    if (other !== undefined) {
      throw new UsageError(
        `\`${other.name}\` is no scenario: a JSON object with \`version\` and \`calls\``,
        "templates (CloudFormation, SAM, Serverless, Terraform) are not read yet",
      );
    }
    const findings = inputs.flatMap(findingsIn);
    process.stdout.write(format(findings, inputs.length));
    return Promise.resolve(findings.some(({ severity }) => severity === "error") ? 1 : 0);
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function inWords(findings: readonly Finding[], files: number): string {
  const texts = findings.map(({ shown: { input, diagnostic }, where, severity, message, code, help }) => {
    if (diagnostic !== undefined) return framed(diagnostic, input);
    const advice = help === undefined ? [] : [`   = help: ${help}`];
    return [`${severity}: ${message}`, `  --> ${input.name}, ${where}`, ...advice, `   = code: ${code}`].join("\n");
  });
  const counted = (["error", "warning", "hint"] as const).map((severity) =>
    count(findings.filter((finding) => finding.severity === severity).length, severity),
  );
  return `${[...texts, `${count(files, "file")} checked: ${counted.join(", ")}`].join("\n")}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
