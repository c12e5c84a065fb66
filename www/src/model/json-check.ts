/**
 * Diagnostics for JSON that is neither pattern nor event: the lists of targets and of effects.
 *
 * The engine's own reader judges, as everywhere: the text is put into an event on lines of its own, and the positions it
 * reports are moved back.
 */
import type { Diagnostic, Position, Range } from "../../../src/js/types.js";
import type { Engine } from "./engine.js";
import { problemOf } from "./problem.js";

const BEFORE = '{"detail":\n';
const AFTER = "\n}";
const ANY_PATTERN = '{"source":["x"]}';

/** `wanted` is what the text should be, for a reader: "a list of targets". */
export function checkList(engine: Engine, text: string, wanted: string): Diagnostic[] {
  try {
    engine.explain(ANY_PATTERN, BEFORE + text + AFTER);
  } catch (thrown) {
    const found = problemOf(thrown);
    return [{ ...found, ...(found.range ? { range: moved(found.range, text) } : {}) }];
  }
  if (text.trimStart().startsWith("[")) return [];
  return [
    {
      code: "not-a-list",
      severity: "error",
      message: `this is not a list`,
      help: `put ${wanted} in brackets: \`[...]\``,
    },
  ];
}

function moved(range: Range, text: string): Range {
  return { start: movedPosition(range.start, text), end: movedPosition(range.end, text) };
}

function movedPosition(position: Position, text: string): Position {
  const offset = Math.max(0, Math.min(position.offset - BEFORE.length, text.length));
  const lines = text.slice(0, offset).split("\n");
  return { offset, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
