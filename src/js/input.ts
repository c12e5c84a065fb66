/** What a target would receive of an event, without a simulator, and what is probably wrong with its template. */

import { call } from "./engine.js";
import { type JsonSource, textOf } from "./json.js";
import type { RenderContext, RenderedInput } from "./types.js";

/**
 * The input that a target (as PutTargets takes it: `Input`, `InputPath` or `InputTransformer`) gets of an event. Mistakes are
 * diagnostics, not errors; only an event that is none throws `InvalidEventError`.
 */
export function renderInput(target: JsonSource, event: JsonSource, context: RenderContext = {}): RenderedInput {
  const [targetText, eventText] = [textOf(target, "a target"), textOf(event, "an event")];
  const contextText = JSON.stringify(context);
  return JSON.parse(call((engine) => engine.render_input(targetText, eventText, contextText))) as RenderedInput;
}
