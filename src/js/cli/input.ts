/**
 * What a command reads: a file, `-` for standard input, or JSON as it stands in the argument; and how a mistake in it is shown.
 */

import { readFileSync } from "node:fs";
import { EventBridgeError } from "../errors.js";
import type { Diagnostic, Range } from "../types.js";
import { UsageError } from "./command.js";

/** A text and what to call it. */
export interface Input {
  name: string;
  text: string;
}

/** A mistake in an input. */
export class InputError extends Error {
  readonly input: Input;
  override readonly cause: EventBridgeError;

  constructor(cause: EventBridgeError, input: Input) {
    super(cause.message);
    this.cause = cause;
    this.input = input;
  }
}

let stdinIsRead = false;

/** Reads an argument that may be a file, `-`, or JSON itself. `what` names it where it stands in the argument. */
export function read(argument: string | undefined, what: string, option: string): Input {
  if (argument === undefined) {
    throw new UsageError(`${what} ${what.endsWith("s") ? "are" : "is"} missing`, `give \`${option}\``);
  }
  if (/^\s*[{["]/.test(argument)) return { name: what, text: argument };
  return readFile(argument);
}

/** Reads a file, or `-`. */
export function readFile(file: string): Input {
  if (file !== "-") return { name: file, text: textOf(bytesOf(file), file) };
  if (stdinIsRead) throw new UsageError("standard input can be read only once", "give one of the inputs as a file");
  stdinIsRead = true;
  return { name: "standard input", text: textOf(bytesOf(0), "standard input") };
}

function bytesOf(file: string | number): Uint8Array {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw unreadable(thrown, file === 0 ? "-" : String(file));
  }
}

/** In words why a file cannot be read; anything else comes back as it is. */
export function unreadable(thrown: unknown, file: string): unknown {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  const help = "give a file, or `-` for standard input";
  if (code === "ENOENT") return new UsageError(`there is no file \`${file}\``, help);
  if (code === "EISDIR") return new UsageError(`\`${file}\` is a folder`, help);
  if (code === "EACCES" || code === "EPERM")
    return new UsageError(`\`${file}\` may not be read`, "see its permissions");
  if (code === "ERR_FS_FILE_TOO_LARGE") return new UsageError(`\`${file}\` is too large`, "it is read whole");
  return thrown;
}

/** The text of a file. What PowerShell's `>` writes is UTF-16, and would be garbage. */
function textOf(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new UsageError(`\`${name}\` is UTF-16`, "save it as UTF-8");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (thrown) {
    // A string of V8 holds half a gigabyte.
    const isLarge = (thrown as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA";
    throw new UsageError(
      `\`${name}\` ${isLarge ? "is too large" : "is no UTF-8 text"}`,
      isLarge ? "it is read whole" : "save it as UTF-8",
    );
  }
  if (text.trim() === "") throw new UsageError(`\`${name}\` is empty`);
  return text;
}

/** Does something with an input; what goes wrong is told with its place in it. */
export function reading<T>(input: Input, work: (text: string) => T): T {
  try {
    return work(input.text);
  } catch (thrown) {
    throw thrown instanceof EventBridgeError ? new InputError(thrown, input) : thrown;
  }
}

/** An error as compilers print them: what, where, the line with the place underlined, what to do. */
export function framed(error: EventBridgeError | (Diagnostic & { name?: string }), { name, text }: Input): string {
  const [first] = "diagnostics" in error ? (error.diagnostics ?? []) : [];
  const range = error.range ?? first?.range;
  const help = error.help ?? first?.help;
  const severity = "severity" in error ? error.severity : "error";
  const message = first?.message ?? error.message;
  return [
    `${severity}: ${message}`,
    ...(range === undefined ? [`  --> ${name}`] : frame(range, name, text)),
    ...(help === undefined ? [] : [`   = help: ${help.split("\n").join("\n     ")}`]),
    ...(first?.aws === undefined ? [] : [`   = the service says: ${first.aws.split("\n").join("\n     ")}`]),
    ...("code" in error ? [`   = code: ${error.code}`] : first === undefined ? [] : [`   = code: ${first.code}`]),
  ].join("\n");
}

/** Of a long line only what stands around the place is shown. */
const widest = 100;

function frame({ start, end }: Range, name: string, text: string): string[] {
  const line = text.split("\n")[start.line - 1]?.replace(/\r$/, "") ?? "";
  const begin = Math.max(0, start.column - 1 - widest / 2);
  const shown = line.slice(begin, begin + widest).replaceAll("\t", " ");
  const length = end.line === start.line ? Math.max(1, end.column - start.column) : widest;
  const at = start.column - 1 - begin;
  const number = String(start.line);
  const gap = " ".repeat(number.length);
  const marks = "^".repeat(Math.max(1, Math.min(length, shown.length - at)));
  return [
    `  --> ${name}, line ${start.line}, column ${start.column}`,
    ` ${gap} |`,
    ` ${number} | ${shown}`,
    ` ${gap} | ${" ".repeat(at)}${marks}`,
  ];
}
