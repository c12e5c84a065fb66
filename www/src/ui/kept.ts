/**
 * Long lists of which little changes: an item of which every part is what it was is left as it stands.
 *
 * Lit compares what an item shows binding by binding; of hundreds of items that takes longer than to answer a key.
 */
import { noChange, type TemplateResult } from "lit";

export class Kept {
  #before = new Map<unknown, readonly unknown[]>();
  #now = new Map<unknown, readonly unknown[]>();

  /** Before the items of one drawing. What is not among them is forgotten, since Lit takes it away. */
  begin(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  /** `parts`: all that `draw` depends on. `key`: by which Lit knows the item again; for a plain list its place. */
  item(key: unknown, parts: readonly unknown[], draw: () => TemplateResult): TemplateResult | typeof noChange {
    const before = this.#before.get(key);
    this.#now.set(key, parts);
    return before && parts.every((part, at) => part === before[at]) ? noChange : draw();
  }
}
