/** What the Share menu does. It is loaded when it is first used. */
import type { State } from "../model/actions.js";
import type { Evaluation } from "../model/evaluate.js";
import type { Notice } from "../model/store.js";
import { fileName, type Runner, scenarioFile, testFile } from "./export.js";
import { linkTo } from "./link.js";
import { png, svgText } from "./picture.js";
import { save } from "./save.js";

export type Sharing = "link" | "svg" | "png" | "scenario" | Runner;

/** Does it, and says in a word how it went. */
export async function share(
  what: Sharing,
  state: State,
  evaluation: Evaluation,
  drawing: SVGSVGElement | null,
): Promise<Notice> {
  switch (what) {
    case "link":
      return await copyLink(state, evaluation);
    case "svg":
    case "png":
      return await picture(what, state, drawing);
    case "scenario":
      save(scenarioFile(state, evaluation), fileName(state, ".json"), "application/json");
      return good("The scenario is among your downloads. Drop it on this page to open it again.");
    case "node":
    case "vitest":
      save(testFile(state, evaluation, what), fileName(state, ".test.mjs"), "text/javascript");
      return good("The test is among your downloads. It expects what the page shows now.");
  }
}

async function copyLink(state: State, { fields }: Evaluation): Promise<Notice> {
  const link = await linkTo(state, fields);
  if ("problem" in link) return { tone: "warn", text: link.problem, undo: false };
  history.replaceState(null, "", link.hash);
  try {
    await navigator.clipboard.writeText(location.href);
    return good("The link is copied. It holds the whole scenario; nothing was sent anywhere.");
  } catch {
    return good("The link is in the address bar. It holds the whole scenario; nothing was sent anywhere.");
  }
}

async function picture(kind: "svg" | "png", state: State, drawing: SVGSVGElement | null): Promise<Notice> {
  if (!drawing) return { tone: "warn", text: "There is no graph to take a picture of.", undo: false };
  if (kind === "svg") save(svgText(drawing), fileName(state, ".svg"), "image/svg+xml");
  else save(await png(drawing), fileName(state, ".png"), "image/png");
  return good("The picture of the graph is among your downloads.");
}

function good(text: string): Notice {
  return { tone: "good", text, undo: false };
}
