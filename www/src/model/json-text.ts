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

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const FITS_ON_A_LINE = 64;
/** Laying out is for people; nobody reads more than this. */
const LIMIT = 200_000;

/** The same tokens, two blanks a level, short lists on one line. */
export function layOut(text: string): string {
  if (text.length > LIMIT || parse(text) === undefined) return text;
  const tokens = text.match(TOKEN) ?? [];
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
  const token = new RegExp(TOKEN);
  let depth = 0;
  let name = "";
  let start = -1;
  for (let hit = token.exec(text); hit; hit = token.exec(text)) {
    const end = depth === 1 && (hit[0] === "," || hit[0] === "}");
    if (end && start >= 0) {
      members.set(name, text.slice(start, hit.index).trim());
      start = -1;
    }
    if (hit[0] === "{" || hit[0] === "[") depth += 1;
    else if (hit[0] === "}" || hit[0] === "]") depth -= 1;
    else if (depth === 1 && hit[0] === ":") start = token.lastIndex;
    else if (depth === 1 && start < 0 && hit[0].startsWith('"')) name = JSON.parse(hit[0]) as string;
  }
  return members;
}
