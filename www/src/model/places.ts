/** Places in a text that stood within a larger one when the engine read it. */
import type { Diagnostic, Position, Range } from "../../../src/js/types.js";

/** The diagnostic with its range counted in `text`, which began at `start` of what the engine read. */
export function within(diagnostic: Diagnostic, start: number, text: string): Diagnostic {
  const { range } = diagnostic;
  return range ? { ...diagnostic, range: moved(range, start, text) } : diagnostic;
}

function moved(range: Range, start: number, text: string): Range {
  return { start: place(range.start.offset - start, text), end: place(range.end.offset - start, text) };
}

function place(offset: number, text: string): Position {
  const inside = Math.max(0, Math.min(offset, text.length));
  const lines = text.slice(0, inside).split("\n");
  return { offset: inside, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
