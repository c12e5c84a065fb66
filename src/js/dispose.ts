/// <reference lib="esnext.disposable" preserve="true" />
/** Things that end: `using` calls `[Symbol.dispose]`, everyone else calls them by name. */

/** The well-known symbol, or the one that polyfills agree on where the platform has none. */
export const disposeSymbol: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for("Symbol.dispose") as typeof Symbol.dispose);

/** Undoes what returned it: call it, or hold it with `using`. */
export interface Disposer {
  (): void;
  [Symbol.dispose](): void;
}

/** A disposer that runs `undo` once, however often it is called. */
export function disposer(undo: () => void): Disposer {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    undo();
  };
  return Object.assign(once, { [disposeSymbol]: once });
}
