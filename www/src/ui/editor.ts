/**
 * The editor behind `<ebs-code>`: CodeMirror, which is loaded after the page stands.
 *
 * The text is the owner's. Diagnostics are the engine's and only drawn here. A text past `HIGHLIGHT_LIMIT` is shown without
 * colours: nobody reads it, and it must not slow the page.
 */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Diagnostic, Fix } from "../../../src/js/types.js";
import type { Marks } from "../model/misses.js";
import type { Suggest, Suggestions } from "../model/suggestions.js";
import { markMisses, missMarks } from "./marks.js";

const HIGHLIGHT_LIMIT = 200_000;
/** Of a message: it may quote what was typed. */
const LONGEST = 400;

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-word)" },
  { tag: tags.punctuation, color: "var(--ink-3)" },
]);

const look = EditorView.theme({
  "&": { fontSize: "var(--code)", backgroundColor: "var(--surface)", color: "var(--ink)", borderRadius: "6px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { padding: "6px 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "24px", padding: "0 6px 0 4px", fontSize: "11px" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
  ".cm-matchingBracket, .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 18%, transparent)",
  },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad) 1px", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning, .cm-lintRange-info": {
    textDecoration: "underline wavy var(--warn) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint::after": { borderBottomColor: "var(--bad)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)", borderRadius: "6px" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", fontSize: "var(--small)", borderLeftColor: "var(--bad)" },
  ".cm-placeholder": { color: "var(--ink-3)", fontFamily: "var(--sans)" },
});

/** Whom the editor works for. */
export interface EditorOwner {
  parent: Element;
  root: ShadowRoot;
  text: string;
  label: string;
  hint: string;
  /** What the editor completes, if it is to complete at all. */
  suggest: Suggest | undefined;
  /** The text has been edited. */
  edited(text: string): void;
  /** A text has been pasted over the whole; whether it was put elsewhere. */
  bring(text: string): boolean;
}

export class Editor {
  readonly #owner: EditorOwner;
  readonly #view: EditorView;
  /** Marks that may be on the text: of diagnostics, and of what a rule stumbles over. */
  #drawn = 0;
  #underlined = 0;
  readonly #language = new Compartment();
  readonly #typing = new Compartment();
  #coloured: boolean;
  /** The text that the diagnostics are about. */
  #judged = "";

  constructor(owner: EditorOwner) {
    this.#owner = owner;
    this.#coloured = owner.text.length <= HIGHLIGHT_LIMIT;
    const state = EditorState.create({ doc: owner.text, extensions: this.#extensions() });
    this.#view = new EditorView({ parent: owner.parent, root: owner.root, state });
    void this.#helpTyping();
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Another text, from outside. */
  replace(text: string): void {
    if (text === this.text) return;
    // Not the reader's typing, so not for the editor's own undo to take back.
    const annotations = Transaction.addToHistory.of(false);
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text }, annotations });
  }

  judge(diagnostics: Diagnostic[]): void {
    this.#judged = this.text;
    this.draw(diagnostics);
  }

  draw(diagnostics: Diagnostic[]): void {
    const marks = diagnostics.flatMap((it) => this.#mark(it, this.#view.state.doc.length));
    // To draw nothing over nothing costs as much as a key.
    if (marks.length > 0 || this.#drawn > 0) this.#view.dispatch(setDiagnostics(this.#view.state, marks));
    this.#drawn = marks.length;
  }

  underline(marks: Marks): void {
    if (marks.list.length > 0 || this.#underlined > 0) this.#view.dispatch(markMisses(marks, this.text));
    this.#underlined = marks.list.length;
  }

  focus(from: number, to: number): void {
    const { length } = this.#view.state.doc;
    const selection = { anchor: Math.min(from, length), head: Math.min(to, length) };
    this.#view.dispatch({ selection, scrollIntoView: true });
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  /** Makes the edits of a fix, unless the text has changed since it was judged. */
  apply(fix: Fix): void {
    const view = this.#view;
    if (this.text !== this.#judged) return;
    const changes = fix.edits.map(({ range, newText }) => ({
      from: range.start.offset,
      to: range.end.offset,
      insert: newText,
    }));
    view.dispatch({ changes, userEvent: "input.fix" });
    view.focus();
  }

  /** Offsets count from the engine's reading of the same text; a range that has become too long is cut. */
  #mark(diagnostic: Diagnostic, length: number): Mark[] {
    const { range, severity, message, help, fix } = diagnostic;
    if (!range) return [];
    const from = Math.max(0, Math.min(range.start.offset, length));
    const to = Math.max(from, Math.min(range.end.offset, length));
    const mark: Mark = {
      from,
      to,
      severity: severity === "hint" ? "info" : severity,
      message: (help ? `${message}\n${help}` : message).slice(0, LONGEST),
    };
    return [fix ? { ...mark, actions: [{ name: plain(fix.title), apply: () => this.apply(fix) }] } : mark];
  }

  #extensions(): Extension {
    return [
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      indentOnInput(),
      indentUnit.of("  "),
      this.#typing.of([]),
      EditorView.lineWrapping,
      this.#language.of(this.#coloured ? languageExtensions() : []),
      syntaxHighlighting(colours),
      look,
      missMarks,
      placeholder(this.#owner.hint),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      typeOverSelection,
      EditorView.domEventHandlers({ paste: (event, view) => this.#elsewhere(event, view) }),
      EditorView.contentAttributes.of({ "aria-label": this.#owner.label, "aria-multiline": "true" }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.#colour(update.state.doc.length);
        this.#owner.edited(update.state.doc.toString());
      }),
      EditorState.transactionFilter.of((transaction) => {
        if (!this.#coloured || transaction.newDoc.length <= HIGHLIGHT_LIMIT) return transaction;
        this.#coloured = false;
        return [transaction, { effects: this.#language.reconfigure([]) }];
      }),
    ];
  }

  /** Something pasted over the whole text that is of another kind: the page puts it where it belongs. */
  #elsewhere(event: ClipboardEvent, view: EditorView): boolean {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const { from, to } = view.state.selection.main;
    const whole = view.state.sliceDoc(0, from).trim() === "" && view.state.sliceDoc(to).trim() === "";
    if (!whole || text.length > HIGHLIGHT_LIMIT) return false;
    const taken = this.#owner.bring(text);
    if (taken) event.preventDefault();
    return taken;
  }

  async #helpTyping(): Promise<void> {
    // Where it cannot be loaded, one types without.
    const typing = await import("./typing.js").catch(() => undefined);
    if (!typing) return;
    const help = typing.typingHelp(
      this.#owner.suggest && ((text, at, suggestions) => this.#suggestions(text, at, suggestions)),
    );
    this.#view.dispatch({ effects: this.#typing.reconfigure(help) });
  }

  #suggestions(...[text, at, suggestions]: Parameters<Suggest>): Suggestions | undefined {
    return text.length <= HIGHLIGHT_LIMIT ? this.#owner.suggest?.(text, at, suggestions) : undefined;
  }

  /** Colours come back when a long text has become short again. */
  #colour(length: number): void {
    if (this.#coloured || length > HIGHLIGHT_LIMIT) return;
    this.#coloured = true;
    queueMicrotask(() => this.#view.dispatch({ effects: this.#language.reconfigure(languageExtensions()) }));
  }
}

/**
 * Left to itself, Chromium types over a selection by cloning the styles of what was there into style attributes, which
 * the page's Content-Security-Policy refuses with an error each. So the editor does it, as it does all other editing.
 */
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || empty || view.composing) return false;
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    const taken = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert));
    if (!taken) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

function languageExtensions(): Extension {
  return [json(), bracketMatching()];
}

/** The title of a fix without the marks of code. */
function plain(title: string): string {
  return title.replaceAll("`", "");
}
