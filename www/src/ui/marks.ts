/**
 * Underlines in an editor that are no diagnostics: the text is in order, a rule and an event just do not meet there.
 *
 * They move along with what is typed and stand until the next ones are set.
 */
import { type Extension, StateEffect, StateField, type TransactionSpec } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Mark, Marks } from "../model/misses.js";

/** Of a sentence: it may quote what was typed. */
const LONGEST = 400;

const setMarks = StateEffect.define<Mark[]>();

const drawn = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    let now = before.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setMarks)) now = decorations(effect.value);
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.theme({
  ".cm-miss": {
    textDecoration: "underline wavy var(--bad) 1px",
    textUnderlineOffset: "4px",
    textDecorationSkipInk: "none",
    backgroundColor: "var(--bad-soft)",
    borderRadius: "2px",
  },
});

export const missMarks: Extension = [drawn, look];

/** Draws them, or none where they were counted in another text than the one in the editor. */
export function markMisses(marks: Marks, text: string): TransactionSpec {
  return { effects: setMarks.of(marks.text === text ? marks.list : []) };
}

function decorations(marks: Mark[]): DecorationSet {
  const ranges = marks.map(({ from, to, words }) => {
    const said = words.slice(0, LONGEST);
    return Decoration.mark({ class: "cm-miss", attributes: { title: said, "aria-description": said } }).range(from, to);
  });
  return Decoration.set(ranges, true);
}
