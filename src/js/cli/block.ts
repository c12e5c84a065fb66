/** One block of events, a JSON object a line, matched against rules: the unit of work that is shared out to workers. */

import { EventBridgeError } from "../errors.js";
import type { Rules } from "./rules.js";

export interface BlockResult {
  /** One JSON array of names a line; empty when only counts are asked for. */
  text: string;
  events: number;
  matches: number;
  /** Lines of the block, blank ones too. */
  lines: number;
  /** The first line that is no event, counted from 0, and why. Nothing behind it was matched. */
  failed?: { line: number; message: string };
}

const newline = 0x0a;

/** Matches every line of a block. */
export function matchBlock(rules: Rules, bytes: Uint8Array, wanted: "names" | "counts"): BlockResult {
  const decoder = new TextDecoder();
  const result: BlockResult = { text: "", events: 0, matches: 0, lines: 0 };
  for (let begin = 0; begin < bytes.length; ) {
    const found = bytes.indexOf(newline, begin);
    const end = found < 0 ? bytes.length : found;
    const line = decoder.decode(bytes.subarray(begin, end));
    begin = end + 1;
    if (line.trim() !== "") {
      const names = matched(rules, line);
      if (!Array.isArray(names)) return { ...result, failed: { line: result.lines, message: names.message } };
      result.events += 1;
      result.matches += names.length;
      if (wanted === "names") result.text += `${JSON.stringify(names)}\n`;
    }
    result.lines += 1;
  }
  return result;
}

function matched(rules: Rules, line: string): string[] | EventBridgeError {
  try {
    return rules.match(line);
  } catch (thrown) {
    if (thrown instanceof EventBridgeError) return thrown;
    throw thrown;
  }
}
