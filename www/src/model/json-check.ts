/**
 * Diagnostics for JSON that is neither pattern nor event: lists of targets and of effects, policies, steps.
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

/** `wanted` is what the text should be, for a reader: "the targets". */
export function checkList(engine: Engine, text: string, wanted: string): Diagnostic[] {
  return check(engine, text, "[", "not-a-list", "this is not a list", `put ${wanted} in brackets: \`[...]\``);
}

export function checkObject(engine: Engine, text: string, wanted: string): Diagnostic[] {
  return check(engine, text, "{", "not-an-object", "this is not an object", `put ${wanted} in braces: \`{...}\``);
}

function check(engine: Engine, text: string, open: string, code: string, message: string, help: string): Diagnostic[] {
  try {
    engine.explain(ANY_PATTERN, BEFORE + text + AFTER);
  } catch (thrown) {
    return [within(problemOf(thrown), BEFORE.length, text)];
  }
  return text.trimStart().startsWith(open) ? [] : [{ code, severity: "error", message, help }];
}
