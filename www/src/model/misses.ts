/**
 * What to underline for a rule that does not match: the leaf arrays that fail, and the value of the event nearest to each.
 *
 * A mark is of use only on the very text it was counted in, so that text travels with it and whoever draws compares.
 * The trap is the event: PutEvents makes an envelope of what is typed, so the answer that counts is about another text.
 * A value in the editor is therefore marked only where the engine says of the typed text, word for word, what it says of
 * the event that the rule has seen.
 */
import type { LeafResult, Range } from "../../../src/js/types.js";
import type { Engine } from "./engine.js";

/** Stretches of one text, each with the sentence that goes with it. */
export interface Marks {
  text: string;
  list: Mark[];
}

export interface Mark {
  from: number;
  to: number;
  words: string;
}

export const NO_MARKS: Marks = { text: "", list: [] };

/** The leaf arrays that fail, in the pattern. */
export function missesInPattern(pattern: string, leaves: LeafResult[]): Marks {
  return { text: pattern, list: failing(leaves).flatMap((leaf) => markOf(leaf, leaf.patternRange)) };
}

/** The values nearest to them, in the event as it is typed. */
export function missesInEvent(engine: Engine, pattern: string, event: string, leaves: LeafResult[]): Marks {
  const failed = failing(leaves);
  if (failed.length === 0) return NO_MARKS;
  const typed = explained(engine, pattern, event).filter((leaf) => failed.some((real) => saysTheSame(leaf, real)));
  return { text: event, list: typed.flatMap((leaf) => markOf(leaf, leaf.eventRange)) };
}

/** In the branch of a `$or` that came nearest; the others would only drown it. */
function failing(leaves: LeafResult[]): LeafResult[] {
  return leaves.filter((leaf) => !leaf.matched && leaf.branch === undefined);
}

function explained(engine: Engine, pattern: string, event: string): LeafResult[] {
  try {
    return engine.explain(pattern, event).leaves;
  } catch {
    return []; // not an event, or past the engine's step bound; both are told elsewhere
  }
}

function saysTheSame(one: LeafResult, other: LeafResult): boolean {
  return (
    one.matched === other.matched &&
    one.path === other.path &&
    one.reason === other.reason &&
    one.hint === other.hint &&
    one.patternRange?.start.offset === other.patternRange?.start.offset
  );
}

function markOf(leaf: LeafResult, range: Range | undefined): Mark[] {
  if (!range || range.start.offset >= range.end.offset) return [];
  return [{ from: range.start.offset, to: range.end.offset, words: wordsOf(leaf) }];
}

/** The reason, with its hint, without the marks of code. */
function wordsOf({ reason, hint }: LeafResult): string {
  return (hint === undefined ? reason : `${reason} (${hint})`).replaceAll("`", "");
}
