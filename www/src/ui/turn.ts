/** For work that need not be done at once: one piece a task, in the order in which it was asked for. */

let last: Promise<void> = Promise.resolve();

/** The caller's turn, in a task of its own. */
export function turn(): Promise<void> {
  last = last.then(() => new Promise<void>((resolve) => setTimeout(resolve)));
  return last;
}
