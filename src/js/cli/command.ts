/**
 * What a command of `ebsim` is: its options, its help and what it does.
 *
 * Exit codes are the same everywhere: 0 yes or done, 1 no (no match, an expectation that failed, findings), 2 what was
 * given cannot be used.
 */

import { type ParseArgsConfig, parseArgs } from "node:util";
import type { PageFiles } from "../server/page.js";

export type ExitCode = 0 | 1 | 2;

export interface Option {
  type: "string" | "boolean";
  short?: string;
  /** May be given several times. */
  multiple?: boolean;
  /** What stands for the value in the help: `FILE`. */
  value?: string;
  about: string;
}

/** Where the package's own files are. */
export interface Files {
  worker: URL;
  page: PageFiles;
}

export interface Command {
  name: string;
  about: string;
  usage: string;
  options: Readonly<Record<string, Option>>;
  examples: readonly string[];
  /** More of the help: exit codes, formats. */
  notes?: readonly string[];
  run(args: Args, files: Files): Promise<ExitCode>;
}

/** The arguments of one call. */
export interface Args {
  /** What is no option. */
  rest: string[];
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
}

/** What was given cannot be used: exit code 2, printed without a stack. */
export class UsageError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** Reads the arguments of a command. */
export function argsOf(command: Command, args: readonly string[]): Args {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short !== undefined && { short }), ...(multiple && { multiple }) },
    ]),
  );
  const { values, positionals } = parsed(command, { args: [...args], options, allowPositionals: true, strict: true });
  const listOf = (name: string): unknown[] => [values[name]].flat();
  return {
    rest: positionals,
    text: (name) => listOf(name).find((value) => typeof value === "string"),
    texts: (name) => listOf(name).filter((value) => typeof value === "string"),
    flag: (name) => values[name] === true,
  };
}

function parsed(command: Command, config: ParseArgsConfig): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs(config);
  } catch (thrown) {
    // What follows the first sentence is about `--`, which nobody needs here.
    const [message] = (thrown instanceof Error ? thrown.message : String(thrown)).split(/[.,] (?=To |Did )/);
    throw new UsageError(`${command.name}: ${message}`, `\`ebsim ${command.name} --help\` lists the options`);
  }
}

/** The help of a command, as `--help` prints it. */
export function helpOf(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const short = option.short === undefined ? "    " : `-${option.short}, `;
    return [`  ${short}--${name}${option.value === undefined ? "" : ` ${option.value}`}`, option.about];
  });
  const width = Math.max(...rows.map(([left = ""]) => left.length)) + 2;
  return [
    `${command.about}\n`,
    `usage: ebsim ${command.usage}\n`,
    "options:",
    ...rows.map(([left = "", right = ""]) => `${left.padEnd(width)}${right}`),
    ...(command.notes === undefined ? [] : ["", ...command.notes]),
    "",
    "examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}
