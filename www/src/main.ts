/**
 * The page's entry: puts the engine behind the page. The page is there at once; its answers follow the engine. Only what somebody
 * left at the last visit is waited for, so that nothing else is seen before it.
 */
import { checkEvent, checkPattern, compare, explain, init, lint, Simulator, version } from "eventbridge-sim";
import { AppElement } from "./elements/app.js";
import { engineModule } from "./engine-module.js";
import { attachedTo, hasKept } from "./share/beginning.js";

const engine = init(engineModule()).then(() => ({
  checkEvent,
  checkPattern,
  compare,
  explain,
  lint,
  Simulator,
  version,
}));

async function begin(): Promise<void> {
  if (attachedTo() === null && hasKept()) {
    const keeping = await import("./share/autosave.js").catch(() => undefined);
    AppElement.before = keeping?.kept();
  }
  customElements.define("ebs-app", AppElement);
  const app = document.querySelector("ebs-app");
  if (app instanceof AppElement) app.start(engine);
}

void begin();
