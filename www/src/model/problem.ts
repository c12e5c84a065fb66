/** Anything thrown, as a diagnostic. Errors of the engine bring their help and their place in the text along. */
import type { Diagnostic, Range } from "../../../src/js/types.js";

export function problemOf(thrown: unknown): Diagnostic {
  if (!(thrown instanceof Error)) return { code: "Error", severity: "error", message: String(thrown) };
  const more = thrown as Error & { help?: string; range?: Range; diagnostics?: readonly Diagnostic[] };
  const first = more.diagnostics?.[0];
  if (first) return { ...first, ...(more.range === undefined ? {} : { range: more.range }) };
  return {
    code: thrown.name,
    severity: "error",
    message: thrown.message,
    ...(more.help === undefined ? {} : { help: more.help }),
    ...(more.range === undefined ? {} : { range: more.range }),
  };
}
