/** The page's entry: puts the engine behind the page. The page is there at once; its answers follow the engine. */
import { checkEvent, checkPattern, compare, explain, init, lint, Simulator, version } from "eventbridge-sim";
import { AppElement } from "./elements/app.js";
import { engineModule } from "./engine-module.js";

const app = document.querySelector("ebs-app");
if (app instanceof AppElement) {
  app.start(
    init(engineModule()).then(() => ({ checkEvent, checkPattern, compare, explain, lint, Simulator, version })),
  );
}
