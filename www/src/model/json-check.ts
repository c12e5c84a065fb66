/**
 * Diagnostics for JSON that is neither pattern nor event: the lists of targets and of effects.
 *
 * The engine's own reader judges, as everywhere: the text is put into an event on lines of its own, and the positions it
 * reports are moved back.
 */
import type { Diagnostic } from "../../../src/js/types.js";
import type { Engine } from "./engine.js";
import { within } from "./places.js";
import { problemOf } from "./problem.js";

const BEFORE = '{"detail":\n';
const AFTER = "\n}";
const ANY_PATTERN = '{"source":["x"]}';

/** `wanted` is what the text should be, for a reader: "a list of targets". */
export function checkList(engine: Engine, text: string, wanted: string): Diagnostic[] {
  try {
    engine.explain(ANY_PATTERN, BEFORE + text + AFTER);
  } catch (thrown) {
    return [within(problemOf(thrown), BEFORE.length, text)];
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
