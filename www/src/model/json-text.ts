/**
 * JSON as text: laid out for reading without changing a token.
 *
 * `JSON.parse` and back would turn `1.0` into `1` and drop duplicate keys, and both matter to a rule. So texts are laid
 * out by walking their tokens. None of this judges a text: whether it is valid is the engine's business, and a text that
 * is not JSON comes back as it was.
 */
import type { Json } from "../../../src/js/types.js";

export type JsonObject = { [name: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function pretty(value: Json | object): string {
  return layOut(JSON.stringify(value));
}

/** A value that may be JSON text already (patterns and details mostly are). */
export function textOf(value: Json): string {
  return typeof value === "string" ? layOut(value) : pretty(value);
}

/** `undefined` where the text is not JSON. */
export function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const FITS_ON_A_LINE = 64;
/** Laying out is for people; nobody reads more than this. */
const LIMIT = 200_000;

/** The same tokens, two blanks a level, short lists on one line. */
export function layOut(text: string): string {
  if (text.length > LIMIT || parse(text) === undefined) return text;
  const tokens = [...tokensOf(text)].map((token) => token.text);
  const out: string[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? "";
    if (token === "{" || token === "[") {
      const line = shortForm(tokens, at);
      if (line) {
        out.push(line.text);
        at = line.last;
      } else {
        depth += 1;
        out.push(token, lineBreak(depth));
      }
    } else if (token === "}" || token === "]") {
      depth -= 1;
      out.push(lineBreak(depth), token);
    } else if (token === ",") out.push(",", lineBreak(depth));
    else if (token === ":") out.push(": ");
    else out.push(token);
  }
  return out.join("");
}

/** The list or object that opens at `from` on one line, when it is short and holds at most two levels more. */
function shortForm(tokens: string[], from: number): { text: string; last: number } | undefined {
  let text = "";
  let depth = 0;
  for (let at = from; at < tokens.length && text.length <= FITS_ON_A_LINE; at += 1) {
    const token = tokens[at] ?? "";
    if (token === "{" || token === "[") {
      depth += 1;
      if (depth > 3 || (depth === 1 && token === "{" && tokens[at + 1] !== "}" && from === 0)) return undefined;
      text += token === "{" && tokens[at + 1] !== "}" ? "{ " : token;
    } else if (token === "}" || token === "]") {
      depth -= 1;
      text += token === "}" && !text.endsWith("{") ? " }" : token;
      if (depth === 0) return text.length <= FITS_ON_A_LINE ? { text, last: at } : undefined;
    } else if (token === "," || token === ":") text += `${token} `;
    else text += token;
  }
  return undefined;
}

function lineBreak(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}

/** The texts of an object's members, by name, as they stand in a valid JSON text. The last of a name counts. */
export function memberTexts(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name = "";
  let start = -1;
  for (const token of tokensOf(text)) {
    const end = depth === 1 && (token.text === "," || token.text === "}");
    if (end && start >= 0) {
      members.set(name, text.slice(start, token.start).trim());
      start = -1;
    }
    if (token.text === "{" || token.text === "[") depth += 1;
    else if (token.text === "}" || token.text === "]") depth -= 1;
    else if (depth === 1 && token.text === ":") start = token.start + 1;
    else if (depth === 1 && start < 0 && token.text.startsWith('"')) name = JSON.parse(token.text) as string;
  }
  return members;
}

/** The texts of a list's items, as they stand in a valid JSON text. */
export function itemTexts(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = -1;
  for (const token of tokensOf(text)) {
    if (depth === 1 && (token.text === "," || token.text === "]") && start >= 0) {
      items.push(text.slice(start, token.start).trim());
      start = -1;
    } else if (depth === 1 && start < 0) start = token.start;
    if (token.text === "{" || token.text === "[") depth += 1;
    else if (token.text === "}" || token.text === "]") depth -= 1;
  }
  return items;
}

const WORD = /[^\s{}[\],:"]+/y;

/** The tokens of a JSON text. Strings are found by hand: a pattern for them overflows the stack on megabytes. */
function* tokensOf(text: string): Generator<{ text: string; start: number }> {
  let at = 0;
  while (at < text.length) {
    const start = at;
    const sign = text.charAt(at);
    if (sign === '"') at = endOfString(text, at);
    else if ("{}[],:".includes(sign)) at += 1;
    else {
      WORD.lastIndex = at;
      at += WORD.exec(text)?.[0].length ?? 0;
      if (at === start) {
        at += 1;
        continue; // white space
      }
    }
    yield { text: text.slice(start, at), start };
  }
}

/** Behind the quote that closes the string at `start`: the first one with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charAt(quote - 1 - slashes) === "\\") slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The opposite of `memberTexts`. */
export function objectText(parts: Map<string, string>): string {
  return `{${[...parts].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

/** The opposite of `itemTexts`. */
export function listText(items: string[]): string {
  return `[${items.join(",")}]`;
}

/** An object's text with one member as this text, or without it. */
export function withMember(text: string, name: string, member: string | null): string {
  const parts = memberTexts(text);
  if (member === null) parts.delete(name);
  else parts.set(name, member);
  return objectText(parts);
}
