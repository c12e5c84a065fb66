import type { Hop } from "../../../src/js/types.js";

/** The cycle once: a path may go on past its beginning. */
export function roundOf(path: Hop[]): Hop[] {
  const first = path[0];
  const again = path.findIndex((hop, at) => at > 0 && hop.rule === first?.rule && hop.targetId === first.targetId);
  return again > 0 ? path.slice(0, again) : path;
}
