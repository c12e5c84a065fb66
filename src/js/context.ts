/**
 * Who is asking: calls made from within a handler are children of its invocation.
 *
 * While a handler runs synchronously that is a matter of a variable. Once it waits for a promise, other code may run in
 * between: Node follows the call by AsyncLocalStorage (see node.ts); browsers cannot, and there everything that
 * happens while `settle()` waits for a handler counts as that handler's doing.
 */

/** Follows one simulator's handlers. */
export interface HandlerContext {
  /** Runs the handler of an invocation. */
  run<T>(invocation: string, body: () => T): T;
  /** `settle` says which handler it waits for, and `undefined` when it has stopped waiting. */
  waitFor(invocation: string | undefined): void;
  /** The invocation whose handler is asking. */
  current(): string | undefined;
  /** Whether `current` holds across promises, for certain. */
  readonly exact: boolean;
}

export type ContextFactory = () => HandlerContext;

/** The context of platforms without AsyncLocalStorage. */
export function plainContext(): HandlerContext {
  let running: string | undefined;
  let waiting: string | undefined;
  return {
    exact: false,
    run(invocation, body) {
      const before = running;
      running = invocation;
      try {
        return body();
      } finally {
        running = before;
      }
    },
    waitFor(invocation) {
      waiting = invocation;
    },
    current: () => running ?? waiting,
  };
}
