/**
 * JSON as the text it is, for showing: its tokens, coloured, with stretches underlined.
 *
 * Any text has tokens here, broken JSON included; whether it is valid is the engine's business.
 */

import { type Child, h } from "./dom.js";

export interface Token {
  kind: "name" | "string" | "number" | "word" | "sign";
  start: number;
  end: number;
}

/** A stretch of a text with the sentence that goes with it. */
export interface Mark {
  from: number;
  to: number;
  words: string;
}

/** Nobody reads more in colours than this. */
const COLOURED = 50_000;

export function* tokensOf(text: string): Generator<Token> {
  const token = /[{}[\],:]|[^\s{}[\],:"]+/y;
  for (let at = 0; at < text.length; ) {
    if (text.charAt(at) === '"') {
      const end = endOfString(text, at);
      yield { kind: /^\s*:/.test(text.slice(end, end + 40)) ? "name" : "string", start: at, end };
      at = end;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? "";
    if (found !== "") {
      const kind = /^[{}[\],:]/.test(found) ? "sign" : /^[-\d]/.test(found) ? "number" : "word";
      yield { kind, start: at, end: at + found.length };
    }
    at += found.length || 1;
  }
}

/** Behind the quote that closes the string, or at the end of its line. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "\\") at += 1;
    else if (sign === '"') return at + 1;
    else if (sign === "\n") return at;
  }
  return text.length;
}

/** The texts of an object's members, by name, as they stand in a valid JSON text. */
export function memberTexts(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name = "";
  let start = -1;
  for (const token of tokensOf(text)) {
    const said = text.slice(token.start, token.end);
    if (depth === 1 && start >= 0 && (said === "," || said === "}")) {
      members.set(name, text.slice(start, token.start).trim());
      start = -1;
    }
    if (said === "{" || said === "[") depth += 1;
    else if (said === "}" || said === "]") depth -= 1;
    else if (depth === 1 && said === ":" && start < 0) start = token.end;
    else if (depth === 1 && start < 0 && said.startsWith('"')) name = JSON.parse(said) as string;
  }
  return members;
}

/** The same text without what all lines but the first are indented by. */
export function dedented(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
  const rest = lines.slice(1).filter((line) => line.trim() !== "");
  const indent = Math.min(...rest.map((line) => line.length - line.trimStart().length));
  if (!Number.isFinite(indent) || indent === 0) return lines.join("\n");
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join("\n");
}

/** The same tokens, one member a line. A text that is not JSON, or too long to be read, stays as it is. */
export function laidOut(text: string): string {
  if (text.length > COLOURED || !isJson(text)) return text;
  let out = "";
  let depth = 0;
  let fresh = false;
  for (const { start, end } of tokensOf(text)) {
    const said = text.slice(start, end);
    const closes = said === "}" || said === "]";
    if (closes) depth -= 1;
    // Behind an opening bracket and before its closing one, unless there is nothing between.
    if (fresh !== closes || out.endsWith(",")) out += `\n${"  ".repeat(depth)}`;
    fresh = said === "{" || said === "[";
    if (fresh) depth += 1;
    out += said === ":" ? ": " : said;
  }
  return out;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text with its colours and underlines. */
export function coloured(text: string, marks: Mark[]): Child[] {
  if (text.length > COLOURED) return [text];
  const children: Child[] = [];
  const open = [...marks].sort((one, other) => one.from - other.from);
  let at = 0;
  let mark: { until: number; element: HTMLElement } | undefined;
  const put = (child: Child): void => {
    if (mark) mark.element.append(...(typeof child === "object" && "nodeType" in child ? [child] : [child as string]));
    else children.push(child);
  };
  const step = (end: number, wrap: (part: string) => Child): void => {
    while (at < end) {
      if (mark && at >= mark.until) mark = undefined;
      while (open[0] && open[0].from < at) open.shift();
      const next = open[0];
      if (!mark && next && next.from === at && next.to > at) {
        mark = { until: next.to, element: h("mark", { title: next.words }) };
        children.push(mark.element);
      }
      const stop = Math.min(end, mark ? mark.until : (next?.from ?? end));
      const to = stop > at ? stop : end;
      put(wrap(text.slice(at, to)));
      at = to;
    }
  };
  for (const token of tokensOf(text)) {
    step(token.start, (part) => part);
    step(token.end, (part) => (token.kind === "sign" ? part : h("span", { class: token.kind }, part)));
  }
  step(text.length, (part) => part);
  return children;
}
