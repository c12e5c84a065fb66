/**
 * The loop that feeds handlers: poll → handler → complete.
 *
 * The engine never calls out. After everything that may have caused invocations the facade polls for those that have a
 * handler, in order. A handler that answers at once is done before `send` returns. One that returns a promise stops the
 * queue until `settle` has awaited it, so that handlers never overlap and a run is the same every time.
 */

import type { HandlerContext } from "./context.js";
import { EventBridgeError } from "./errors.js";
import { entriesOf, type HandlerAnswer } from "./friendly.js";
import type { InvocationContext, OnBehalf } from "./invocation-context.js";
import type { Invocation } from "./types.js";

/**
 * What a target does when it is invoked: answer with the events that follow, or throw to fail the invocation. Calls by the
 * context are children of the invocation wherever and whenever they are made.
 */
export type Handler = (
  invocation: Invocation,
  context: InvocationContext,
) => HandlerAnswer | PromiseLike<HandlerAnswer>;

/** The engine's side of the loop. */
export interface InvocationQueue {
  poll(): { invocation: Invocation; handler: string } | undefined;
  complete(id: string, result: HandlerResult): void;
}

type ContextOf = (invocation: string, onBehalf: OnBehalf) => InvocationContext;

/** A handler, and the id that the engine knows it by in the present world. */
export interface Registered {
  readonly target: string;
  readonly handler: Handler;
  id: string;
}

export interface HandlerResult {
  events?: object[];
  error?: { code: string; message: string };
}

/** Handlers whose calls cause further invocations of handlers nest; deeper than this they queue. */
const deepestNesting = 100;

export class HandlerLoop {
  readonly #queue: InvocationQueue;
  readonly #context: HandlerContext;
  readonly #handlers = new Map<string, Handler>();
  readonly #open = new Set<string>();
  #waiting: { id: string; answer: PromiseLike<unknown> } | undefined;
  #settling: Promise<void> | undefined;
  #depth = 0;
  /** On whose behalf the context of an invocation is calling right now. */
  #calling: string | undefined;
  /** Counts the worlds: an answer that was awaited in another world is not wanted in this one. */
  #world = 0;

  readonly #contextOf: ContextOf;

  constructor(queue: InvocationQueue, context: HandlerContext, contextOf: ContextOf) {
    this.#queue = queue;
    this.#context = context;
    this.#contextOf = contextOf;
  }

  add(id: string, handler: Handler): void {
    this.#handlers.set(id, handler);
  }

  remove(id: string): void {
    this.#handlers.delete(id);
  }

  /** The world is another: nothing of the old one is waited for. Handlers stay. */
  forget(): void {
    this.#world += 1;
    this.#waiting = undefined;
    this.#open.clear();
  }

  /** Makes a call on behalf of an invocation. The call itself is synchronous, so a variable knows for certain. */
  #onBehalf<T>(invocation: string | undefined, call: () => T): T {
    const before = this.#calling;
    this.#calling = invocation;
    try {
      return call();
    } finally {
      this.#calling = before;
    }
  }

  /** The invocation on whose behalf a call is made: the context's, or that of a handler that has not answered. */
  parent(): string | undefined {
    if (this.#calling !== undefined) return this.#calling;
    const current = this.#context.current();
    return current !== undefined && this.#open.has(current) ? current : undefined;
  }

  /** Whether a handler runs, or is waited for. */
  isBusy(): boolean {
    return this.#open.size > 0;
  }

  /** Runs handlers until none has anything to do or one returned a promise. */
  run(): void {
    if (this.#depth >= deepestNesting) return;
    this.#depth += 1;
    try {
      while (this.#waiting === undefined) {
        const next = this.#queue.poll();
        if (next === undefined) return;
        this.#start(next.invocation, next.handler);
      }
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs handlers until none has anything to do, awaiting each in turn. */
  settle(): Promise<void> {
    if (this.#context.exact && this.parent() !== undefined) {
      throw new Error(
        "settle() within a handler would wait for that very handler: return its events or call send() instead",
      );
    }
    this.#settling ??= this.#drain().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #drain(): Promise<void> {
    for (this.run(); this.#waiting !== undefined; this.run()) {
      const { id, answer } = this.#waiting;
      const world = this.#world;
      this.#context.waitFor(id);
      const result = await Promise.resolve(answer).then(resultOf, failureOf);
      this.#context.waitFor(undefined);
      if (world !== this.#world) continue;
      this.#waiting = undefined;
      this.#finish(id, result);
    }
  }

  #start(invocation: Invocation, handlerId: string): void {
    const { id } = invocation;
    this.#open.add(id);
    let answer: unknown;
    try {
      const world = this.#world;
      // Ids of another world may be the same and mean something else.
      const context = this.#contextOf(id, (call) => this.#onBehalf(world === this.#world ? id : undefined, call));
      const handler = () => this.#handlers.get(handlerId)?.(invocation, context);
      // What another handler's call set off is not that handler's doing.
      answer = this.#onBehalf(undefined, () => this.#context.run(id, handler));
    } catch (thrown) {
      this.#finish(id, failureOf(thrown));
      return;
    }
    if (isPromiseLike(answer)) this.#waiting = { id, answer };
    else this.#finish(id, resultOf(answer));
  }

  #finish(id: string, result: HandlerResult): void {
    this.#open.delete(id);
    try {
      this.#queue.complete(id, result);
    } catch (thrown) {
      // Events that are none: the handler's mistake, and the invocation must not wait for ever.
      if (!(thrown instanceof EventBridgeError) || result.error !== undefined) throw thrown;
      this.#queue.complete(id, failureOf(thrown));
    }
  }
}

function resultOf(answer: unknown): HandlerResult {
  try {
    const events = entriesOf(answer);
    if (events !== undefined) return events.length > 0 ? { events } : {};
  } catch (thrown) {
    return failureOf(thrown);
  }
  const message =
    "a handler answers with events ({ source, detailType, detail } or PutEvents entries), or with nothing";
  return { error: { code: "InvalidHandlerAnswer", message } };
}

function failureOf(thrown: unknown): HandlerResult {
  const error =
    thrown instanceof Error
      ? { code: thrown.name, message: thrown.message }
      : { code: "Error", message: String(thrown) };
  return { error };
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
