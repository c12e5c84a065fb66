/**
 * Help with typing JSON: brackets that close themselves, and completion of names, with their quotes and with the value
 * that usually follows, and of values. It is the one part of the editor that is loaded after the page stands: nobody types before.
 *
 * The list opens by itself once a quote stands where a name can stand, and by Ctrl+Space before that. Tab is left alone:
 * it leads out of the editor.
 */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  pickedCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type Suggest, type Suggestion, type Suggestions, suggestionsAt } from "../model/suggestions.js";

const look = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "var(--code)", maxWidth: "92vw" },
  ".cm-tooltip-autocomplete > ul > li": { color: "var(--ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent)",
  },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--ink-2)" },
});

/** `suggest` is what the editor completes; without it, only brackets close. */
export function typingHelp(suggest: Suggest | undefined): Extension {
  // Before the editor's own keys: between two brackets Backspace takes both.
  const brackets = [closeBrackets(), Prec.high(keymap.of(closeBracketsKeymap))];
  return suggest ? [brackets, completion(suggest)] : brackets;
}

function completion(suggest: Suggest): Extension {
  const source = (context: CompletionContext) => {
    const found = suggest(context.state.doc.toString(), context.pos, suggestionsAt);
    if (!found || (!found.opened && !context.explicit)) return null;
    const options = found.list.map((suggestion, at) => option(suggestion, found, -at));
    return { from: found.from, to: context.pos, options, validFor: /^[^"\\\n]*$/ };
  };
  return [autocompletion({ override: [source], icons: false }), look];
}

function option(suggestion: Suggestion, found: Suggestions, boost: number): Completion {
  const apply = (view: EditorView, picked: Completion, from: number): void => {
    const text = view.state.doc.toString();
    const cursor = view.state.selection.main.head;
    // The rest of the name, which may have grown since it was looked at.
    const rest = found.closed ? /^[^"\n]*"?/.exec(text.slice(cursor))?.[0].length : 0;
    const quoted = `${found.opened ? "" : '"'}${JSON.stringify(suggestion.name).slice(1)}`;
    const name = suggestion.bare ? suggestion.name : quoted;
    const [before = "", after = ""] = found.valued ? [] : `: ${suggestion.value}`.split("|");
    view.dispatch({
      changes: { from, to: cursor + (rest ?? 0), insert: name + before + after },
      selection: { anchor: from + name.length + before.length },
      userEvent: "input.complete",
      annotations: pickedCompletion.of(picked),
    });
  };
  return { label: suggestion.name, detail: suggestion.about, boost: Math.max(boost, -99), apply };
}
