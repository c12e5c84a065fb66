/** `ebsim`: finds the command, runs it, and says in words what was wrong. */

import { EventBridgeError } from "../errors.js";
import { version } from "../pattern.js";
import { check } from "./check.js";
import { argsOf, type Command, type ExitCode, type Files, helpOf, UsageError } from "./command.js";
import { convert } from "./convert.js";
import { framed, InputError } from "./input.js";
import { match } from "./match.js";
import { run } from "./run.js";
import { serve } from "./serve.js";
import { test } from "./test.js";

const commands: readonly Command[] = [test, match, run, check, convert, serve];

/** Runs a command line; gives the exit code. */
export async function main(args: readonly string[], files: Files): Promise<ExitCode> {
  // Whoever reads our output may have seen enough (`| head`): that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const [name = "--help", ...rest] = args;
  try {
    if (name === "--version" || name === "-v") return print(`${version()}\n`);
    if (name === "--help" || name === "-h" || name === "help") return print(overview());
    const command = commands.find((other) => other.name === name);
    if (command === undefined)
      throw new UsageError(
        `there is no command \`${name}\``,
        `there are ${commands.map((other) => other.name).join(", ")}`,
      );
    if (rest.includes("--help") || rest.includes("-h")) return print(helpOf(command));
    return await command.run(argsOf(command, rest), files);
  } catch (thrown) {
    process.stderr.write(`${explained(thrown)}\n`);
    return 2;
  }
}

function print(text: string): ExitCode {
  process.stdout.write(text);
  return 0;
}

function overview(): string {
  const rows = commands.map(({ name, about }) => `  ${name.padEnd(9)}${about}`);
  return [
    "ebsim: an Amazon EventBridge simulator\n",
    "usage: ebsim COMMAND [options]\n",
    ...rows,
    "",
    "`ebsim COMMAND --help` has the options of a command and examples.",
    "Exit codes: 0 yes or done, 1 no, 2 what was given cannot be used.",
    "",
  ].join("\n");
}

function explained(thrown: unknown): string {
  if (thrown instanceof InputError) return framed(thrown.cause, thrown.input);
  if (thrown instanceof UsageError || thrown instanceof EventBridgeError) {
    return `error: ${thrown.message}${thrown.help === undefined ? "" : `\n   = help: ${thrown.help}`}`;
  }
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (typeof code === "string" && thrown instanceof Error) return `error: ${message}`;
  return `error: ${thrown instanceof Error ? (thrown.stack ?? message) : String(thrown)}`;
}
