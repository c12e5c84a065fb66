/**
 * Where a value stands in a JSON text, and where a place in a string's content stands in the text of that string.
 *
 * `JSON.parse` keeps no positions. What it accepted is walked once more, along one path; so the walk need not check anything.
 */

import type { Position, Range } from "../types.js";

/** From where to where something stands, as offsets. */
export interface Stretch {
  begin: number;
  end: number;
}

/** The value at a path of valid JSON. Of members that are there twice the last counts, as for `JSON.parse`. */
export function stretchAt(text: string, path: readonly (string | number)[]): Stretch | undefined {
  let found: Stretch | undefined = { begin: skipBlanks(text, 0), end: text.length };
  for (const step of path) {
    if (found === undefined) return undefined;
    found = childOf(text, found.begin, step);
  }
  return found && { begin: found.begin, end: endOf(text, found.begin) };
}

/** The place in the text for an offset in the content of the string that begins at `begin`. */
export function insideString(text: string, begin: number, offset: number): number {
  let at = begin + 1;
  for (let left = offset; left > 0 && text[at] !== '"'; left -= 1) at += lengthOfUnit(text, at);
  return at;
}

/** The range of a stretch, in lines and columns. */
export function rangeOf(text: string, { begin, end }: Stretch): Range {
  return { start: positionAt(text, begin), end: positionAt(text, end) };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { offset, line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

function childOf(text: string, begin: number, step: string | number): Stretch | undefined {
  const isObject = text[begin] === "{";
  if (isObject !== (typeof step === "string") || (!isObject && text[begin] !== "[")) return undefined;
  let found: Stretch | undefined;
  let at = skipBlanks(text, begin + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]" && at < text.length; index += 1) {
    let name: string | number = index;
    if (isObject) {
      const end = endOf(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipBlanks(text, skipBlanks(text, end) + 1);
    }
    const end = endOf(text, at);
    if (name === step) found = { begin: at, end };
    at = skipBlanks(text, end);
    if (text[at] === ",") at = skipBlanks(text, at + 1);
  }
  return found;
}

/** Where the value that begins here ends. Brackets are counted, not followed: no depth is too deep. */
function endOf(text: string, begin: number): number {
  if (text[begin] === '"') return endOfString(text, begin);
  let at = begin;
  if (text[begin] !== "{" && text[begin] !== "[") {
    while (at < text.length && !/[\s,:\]}]/.test(text[at] ?? "")) at += 1;
    return at;
  }
  let depth = 0;
  do {
    const char = text[at];
    if (char === "{" || char === "[") depth += 1;
    if (char === "}" || char === "]") depth -= 1;
    at = char === '"' ? endOfString(text, at) : at + 1;
  } while (depth > 0 && at < text.length);
  return at;
}

function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text[at] !== '"') at += lengthOfUnit(text, at);
  return at + 1;
}

/** A character of a string, or an escape; each is one UTF-16 unit of the content. */
function lengthOfUnit(text: string, at: number): number {
  if (text[at] !== "\\") return 1;
  return text[at + 1] === "u" ? 6 : 2;
}

function skipBlanks(text: string, begin: number): number {
  let at = begin;
  while (/\s/.test(text[at] ?? "")) at += 1;
  return at;
}
