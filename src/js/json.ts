/**
 * What goes in and what comes out.
 *
 * JSON text goes to the engine as it is: the spelling of numbers, the order of members and duplicate keys matter there,
 * and `JSON.parse` would lose all three. Objects are accepted for comfort and stringified.
 */

import { EventBridgeError } from "./errors.js";
import { timestampMembers } from "./model.js";

/** JSON text, or a value that `JSON.stringify` turns into it. */
export type JsonSource = string | object;

/** The text of a source. `what` names it in the error. */
export function textOf(source: JsonSource, what: string): string {
  if (typeof source === "string") return wellFormed(source);
  const text: string | undefined = source === null ? undefined : JSON.stringify(source);
  if (text === undefined) throw new TypeError(`${what} must be JSON text or an object, not ${kindOf(source)}`);
  return text;
}

/** A text that is handed on as it is: anything else would stop the engine. */
export function stringOf(value: string, what: string): string {
  if (typeof value !== "string") throw new TypeError(`${what} must be a string, not ${kindOf(value)}`);
  return wellFormed(value);
}

/** A time as a date. One that is none would travel as `null`, which is no time at all. */
export function dateOf(time: Date | string): Date {
  const date = new Date(time);
  if (!Number.isNaN(date.getTime())) return date;
  throw misuse(`\`${String(time)}\` is no time`, "give a `Date`, or a text such as `2026-01-01T00:00:00Z`");
}

/** Refuses what is no object, or has members that are not known: they would be left out unseen. */
export function onlyMembers(value: object, what: string, names: readonly string[]): void {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`${what} must be an object, not ${kindOf(value)}`);
  const stranger = Object.keys(value).find((name) => !names.includes(name));
  if (stranger !== undefined) throw misuse(`${what} has no member \`${stranger}\``, `it has ${names.join(", ")}`);
}

function misuse(message: string, help: string): EventBridgeError {
  return new EventBridgeError({ name: "MisuseError", message, help });
}

/** Members of operation inputs that hold JSON as text; as objects they are stringified. */
export type JsonTextMember = "EventPattern" | "Event" | "Detail" | "Policy" | "Input";

const jsonTextMembers: ReadonlySet<string> = new Set<JsonTextMember>([
  "EventPattern",
  "Event",
  "Detail",
  "Policy",
  "Input",
]);

/** The body of an operation: dates as epoch seconds, JSON members as text. */
export function bodyOf(input: object): string {
  const text: string | undefined = JSON.stringify(serviceForm(input));
  if (text === undefined) throw new TypeError(`an input must be JSON text or an object, not ${kindOf(input)}`);
  return text;
}

function serviceForm(value: unknown): unknown {
  if (value instanceof Date) return dateOf(value).getTime() / 1000;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(serviceForm);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, memberForm(name, member)]));
}

function memberForm(name: string, member: unknown): unknown {
  const isObject = typeof member === "object" && member !== null && !(member instanceof Date);
  return isObject && jsonTextMembers.has(name) ? JSON.stringify(member) : serviceForm(member);
}

const timestamps: ReadonlySet<string> = new Set(timestampMembers);

/** The output of an operation: epoch seconds as dates. JSON of the user's stands in strings and is not touched. */
export function outputOf(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(outputOf);
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, member]: [string, unknown]) => [
      name,
      typeof member === "number" && timestamps.has(name) ? new Date(member * 1000) : outputOf(member),
    ]),
  );
}

/**
 * A string with half of a surrogate pair has no UTF-8 and would cross as U+FFFD. Spelled as the escape that JSON has for
 * it, the engine sees what was there. Everything before the first one keeps its position.
 */
export function wellFormed(text: string): string {
  const check: { isWellFormed?: () => boolean } = text as { isWellFormed?: () => boolean };
  if (check.isWellFormed?.call(text) ?? !loneSurrogate.test(text)) return text;
  return text.replace(loneSurrogates, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;

export function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
