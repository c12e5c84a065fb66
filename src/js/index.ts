/** What every entry exports; the entries differ only in how the engine is loaded. */
export { version } from "#engine";
export type * from "./types.js";
