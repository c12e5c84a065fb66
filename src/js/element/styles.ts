/**
 * How the element looks. Everything that a page may want to change is a custom property; the colours behind them follow the
 * page's own `color-scheme`. Those named `--_` are the element's own. A constructed style sheet needs no `style-src 'unsafe-inline'`.
 */

let shared: CSSStyleSheet | undefined;

/** One sheet for all elements. */
export function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(STYLES);
  }
  return shared;
}

const STYLES = `
:host {
  --_bg: var(--eventbridge-sim-background, light-dark(#ffffff, #1a1c21));
  --_soft: var(--eventbridge-sim-surface, light-dark(#f6f6f4, #22252c));
  --_ink: var(--eventbridge-sim-text, light-dark(#1b1c20, #e9e9ec));
  --_ink-2: var(--eventbridge-sim-muted, light-dark(#5c5e67, #a9adb8));
  --_line: var(--eventbridge-sim-border, light-dark(#d5d4cd, #3c404a));
  --_accent: var(--eventbridge-sim-accent, light-dark(#3346c2, #a3aeff));
  --_good: var(--eventbridge-sim-good, light-dark(#17693c, #74d49d));
  --_bad: var(--eventbridge-sim-bad, light-dark(#ab231b, #ff958b));
  --_warn: var(--eventbridge-sim-warn, light-dark(#845400, #efbe60));
  --_mono: var(--eventbridge-sim-mono, ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace);
  --_size: var(--eventbridge-sim-font-size, 0.875rem);
  display: block;
  container-type: inline-size;
}
:host([hidden]) { display: none; }
*, *::before, *::after { box-sizing: border-box; }
section {
  border: 1px solid var(--_line);
  border-radius: var(--eventbridge-sim-radius, 8px);
  background: var(--_bg);
  color: var(--_ink);
  font: var(--_size) / 1.5 var(--eventbridge-sim-font, inherit);
  text-align: start;
  overflow: hidden;
  overflow-wrap: anywhere;
}
p, pre, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
b, strong { font-weight: 600; }
code, pre, textarea { font-family: var(--_mono); font-size: 0.92em; }
.sources { display: grid; grid-template-columns: minmax(0, 1fr); background: var(--_soft); border-bottom: 1px solid var(--_line); }
.sources > * + * { border-top: 1px solid var(--_line); }
@container (min-width: 560px) {
  .sources.two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .sources.two > * + * { border-top: none; border-left: 1px solid var(--_line); }
}
.title { padding: 6px 12px 0; color: var(--_ink-2); font-size: 0.9em; font-weight: 600; }
.text { display: grid; max-height: 24em; overflow: auto; }
.text > * { grid-area: 1 / 1; margin: 0; padding: 4px 12px 10px; border: none; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.text.edit { background: var(--_bg); margin: 4px 6px 6px; border: 1px solid var(--_line); border-radius: 5px; }
.text.edit > * { padding: 6px 8px; }
textarea { display: block; width: 100%; height: 100%; resize: none; overflow: hidden; background: none; color: transparent; caret-color: var(--_ink); outline: none; }
.text.edit:focus-within, pre:focus-visible, summary:focus-visible { outline: 2px solid var(--_accent); outline-offset: -1px; }
@media (forced-colors: active) {
  textarea { color: FieldText; forced-color-adjust: none; }
  .edit pre { visibility: hidden; }
}
span.name { color: var(--_accent); }
span.string { color: var(--_good); }
span.number, span.word { color: var(--_warn); }
mark { background: color-mix(in srgb, var(--_bad) 14%, transparent); color: inherit; border-radius: 2px; text-decoration: underline wavy var(--_bad) 1px; text-underline-offset: 4px; text-decoration-skip-ink: none; }
.answer { display: grid; gap: 10px; padding: 10px 12px 12px; }
.verdict { display: grid; gap: 4px; min-width: 0; }
.verdict + .verdict { border-top: 1px solid var(--_line); padding-top: 10px; }
.head, .row { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; }
.quiet { color: var(--_ink-2); font-size: 0.92em; }
.badge { padding: 0 8px; border-radius: 99px; font-size: 0.92em; font-weight: 600; white-space: nowrap; color: var(--_ink-2); background: color-mix(in srgb, currentcolor 10%, transparent); }
.good { color: var(--_good); }
.bad { color: var(--_bad); }
.warn { color: var(--_warn); }
li.no::before { content: "✕" / ""; color: var(--_bad); }
li.yes::before { content: "✓" / ""; color: var(--_good); }
li.no, li.yes { position: relative; padding-left: 20px; }
li.no::before, li.yes::before { position: absolute; left: 2px; }
.hint { color: var(--_warn); }
.problem { padding: 4px 12px 8px; font-size: 0.95em; }
.problem strong { color: var(--_bad); }
.problem.warning strong, .problem.hint strong { color: var(--_warn); }
.problem.error[role="alert"] { padding: 10px 12px; }
.tree ul { margin-left: 6px; padding-left: 14px; border-left: 1px solid var(--_line); }
.tree li { padding-top: 3px; }
.why { color: var(--_ink-2); font-size: 0.95em; }
summary { cursor: pointer; width: fit-content; color: var(--_accent); font-size: 0.92em; }
.sources summary { padding: 6px 12px; }
details pre[tabindex] { white-space: pre-wrap; }
.tree pre { margin-top: 2px; padding: 6px 8px; max-height: 16em; overflow: auto; background: var(--_soft); border-radius: 5px; }
.round { position: relative; display: grid; gap: 14px; padding: 4px 44px 4px 0; justify-items: start; width: fit-content; max-width: 100%; }
.round li { position: relative; padding: 2px 10px; border: 1px solid var(--_bad); border-radius: 6px; max-width: 100%; }
.round li + li::before { content: "↓" / ""; position: absolute; left: 14px; top: -19px; line-height: 1.5; color: var(--_bad); }
.round::before { content: ""; position: absolute; right: 10px; top: 16px; bottom: 16px; width: 26px; border: 2px solid var(--_bad); border-left: none; border-radius: 0 10px 10px 0; }
.round::after { content: "◂" / ""; position: absolute; right: 32px; top: 17px; transform: translateY(-50%); line-height: 1; color: var(--_bad); }
`;
