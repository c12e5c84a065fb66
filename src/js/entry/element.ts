import { define } from "../element/element.js";

export type { View } from "../element/element.js";
export { EventbridgeSimElement } from "../element/element.js";

define(new URL("./engine_bg.wasm", import.meta.url));
