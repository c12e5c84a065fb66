/** The part of the element that is loaded when it comes into sight: content in, views out, the engine behind them. */

import * as engine from "#engine";
import { checkEvent, lint } from "../pattern.js";
import { Simulator } from "../simulator.js";
import { startOnce } from "../start.js";
import type { Diagnostic } from "../types.js";
import { type Content, contentOf, type Part } from "./content.js";
import { badge, type Child, h, nodes, prose } from "./dom.js";
import type { View } from "./element.js";
import { loopsOf } from "./loop.js";
import { isBroken, matchPatterns, matchRules } from "./match.js";
import { paneOf } from "./pane.js";
import { routeOf } from "./route.js";
import { sheet } from "./styles.js";
import type { Mark } from "./tokens.js";

export interface Shown {
  root: ShadowRoot;
  text: string;
  /** The `view` as it was written. */
  named: string | null;
  editable: boolean;
  /** What screen readers call the whole. */
  label: string;
  signal: AbortSignal;
  /** Where the engine is. */
  engine: URL;
}

/** What is to be said about each text. */
export type Judgements = Map<Part, { diagnostics: Diagnostic[]; marks: Mark[] }>;

const VIEWS: readonly View[] = ["match", "route", "loop"];
/** Long enough not to answer every keystroke of a burst. */
const PAUSE_MS = 100;

const start = startOnce(engine, (wasm: URL) => engine.default({ module_or_path: wasm }));

/** One engine for all elements of the page, and for whatever else on it uses the package. */
export async function show({ root, text, named, editable, label, signal, engine: wasm }: Shown): Promise<void> {
  const chosen = VIEWS.find((name) => name === named);
  if (named !== null && !chosen) throw new Error(`\`view\` must be \`match\`, \`route\` or \`loop\`, not \`${named}\``);
  await start(wasm).catch((cause: unknown) => {
    throw new Error(`the engine could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  });
  if (signal.aborted) return;
  const content = contentOf(text);
  const view = chosen ?? (content.parts.length === 2 ? "match" : "route");
  const answer = h("div", { class: "answer", ...(editable && { role: "status" }) });
  let pause: ReturnType<typeof setTimeout> | undefined;
  const panes = new Map(
    content.parts.map((part) => {
      const edited = (): void => {
        clearTimeout(pause);
        pause = setTimeout(judge, PAUSE_MS);
        root.host.dispatchEvent(new Event("change", { bubbles: true }));
      };
      return [part, paneOf(part, editable ? edited : undefined)];
    }),
  );
  const judge = (): void => {
    const judgements: Judgements = new Map();
    answer.replaceChildren(...nodes(answered(content, view, judgements)));
    for (const [part, pane] of panes) {
      const { diagnostics, marks } = judgements.get(part) ?? { diagnostics: [], marks: [] };
      pane.judge(diagnostics, marks);
    }
  };
  signal.addEventListener("abort", () => clearTimeout(pause));
  judge();
  root.adoptedStyleSheets = [sheet()];
  const sources = [...panes].map(([part, pane]) => folded(part, pane.element, editable));
  const many = content.parts.length === 2 ? "two" : "";
  root.replaceChildren(h("section", { "aria-label": label }, h("div", { class: `sources ${many}` }, sources), answer));
}

/** What is wrong, in the place of the example. */
export function showProblem(root: ShadowRoot, words: string): void {
  root.adoptedStyleSheets = [sheet()];
  const why = h("span", {}, h("strong", {}, "This example cannot be shown"), ": ", prose(words));
  root.replaceChildren(h("section", {}, h("p", { class: "problem error", role: "alert" }, why)));
}

/** A scenario is long, and beside the point of its example. */
function folded(part: Part, pane: HTMLElement, editable: boolean): Child {
  if (part.kind !== "scenario") return pane;
  return h("details", editable ? { open: "" } : {}, h("summary", {}, "The scenario"), pane);
}

function answered(content: Content, view: View, judgements: Judgements): Child[] {
  try {
    if (content.event && view === "match") return matchPatterns(content, judgements);
    return isReadable(content, judgements) ? simulated(content, view) : [waiting()];
  } catch (thrown) {
    return [h("p", { class: "problem error" }, prose(thrown instanceof Error ? thrown.message : String(thrown)))];
  }
}

/** Whether every text can be used; what is wrong with those that cannot is told beside them. */
function isReadable(content: Content, judgements: Judgements): boolean {
  for (const part of content.parts) {
    const diagnostics = part.kind === "pattern" ? lint(part.text) : checkEvent(part.text);
    judgements.set(part, { diagnostics: diagnostics.filter((it) => it.severity === "error"), marks: [] });
  }
  return ![...judgements.values()].some(({ diagnostics }) => isBroken(diagnostics));
}

function waiting(): HTMLElement {
  return h("p", { class: "quiet" }, badge("bad", "!", "not valid"), " The answer follows when the text above is.");
}

function simulated(content: Content, view: View): Child[] {
  const simulator = new Simulator();
  try {
    simulator.load(content.scenario());
    if (view === "loop") return loopsOf(simulator.observedLoops(), simulator.invocations().length);
    if (view === "route") return routeOf(simulator.trace());
    const [first] = simulator.trace(undefined, { leaves: true });
    return matchRules(first?.rules ?? []);
  } finally {
    simulator.free();
  }
}
