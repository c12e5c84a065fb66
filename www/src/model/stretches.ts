/**
 * A text cut where something begins or ends: placeholders of a template, the parts of an output that they fill, places
 * that a diagnostic is about. The stretches are whole and in order; put together they are the text.
 */
import type { Range } from "../../../src/js/types.js";

export interface Stretch {
  text: string;
  /** Which of the `parts` it is, from 0; `undefined` between them. */
  part: number | undefined;
  /** Whether a diagnostic is about it. */
  wrong: boolean;
}

/** `parts` are in order and apart from each other, as the engine gives them. Empty parts are stretches too. */
export function stretches(text: string, parts: Range[], wrong: Range[]): Stretch[] {
  const places = wrong.map(({ start, end }) => widened(start.offset, end.offset, text.length));
  const list: Stretch[] = [];
  let at = 0;
  for (const [part, { start, end }] of parts.entries()) {
    if (start.offset < at || end.offset > text.length) continue;
    between(at, start.offset);
    const inside = places.some(([from, to]) => from < end.offset && to > start.offset);
    list.push({ text: text.slice(start.offset, end.offset), part, wrong: inside });
    at = end.offset;
  }
  between(at, text.length);
  return list;

  function between(from: number, to: number): void {
    const cuts = places.flat().filter((cut) => cut > from && cut < to);
    const ends = [...new Set([...cuts, to])].sort((one, other) => one - other);
    let begin = from;
    for (const end of ends) {
      if (end <= begin) continue;
      const [low, high] = [begin, end];
      const bad = places.some(([start, stop]) => start <= low && stop >= high);
      list.push({ text: text.slice(low, high), part: undefined, wrong: bad });
      begin = end;
    }
  }
}

/** A place between two characters is shown at one of them. */
function widened(from: number, to: number, length: number): [number, number] {
  if (from < to) return [from, to];
  return from < length ? [from, from + 1] : [Math.max(0, length - 1), length];
}
