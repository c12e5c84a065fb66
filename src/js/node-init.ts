/**
 * `init` of the entries for Node. It stands alone so that their declarations name nothing of WebAssembly: a TypeScript
 * project for Node need not have the DOM's types.
 */

/** Nothing is left to do in Node; here so that code for both worlds may call it. */
export function init(): Promise<void> {
  return Promise.resolve();
}
