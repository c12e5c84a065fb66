/**
 * `GET /_sim/stream`: what happens, as server-sent events, while it happens.
 *
 * Each message is one JSON object with a `kind`: `operation` (a call was answered), `trace` (an event came from outside; the
 * whole tree of what followed from it so far), `world` (buses, rules or effects are others now: ask again), `reset`.
 * A client that reads too slowly is let go instead of being remembered for: its browser connects again by itself.
 */

import type { ServerResponse } from "node:http";
import type { Simulator } from "../simulator.js";
import type { TraceNode } from "../types.js";

export type StreamMessage =
  | { kind: "operation"; operation: string; status: number; account?: string; region?: string }
  | { kind: "trace"; trace: TraceNode }
  | { kind: "world" }
  | { kind: "reset" };

/** Bytes that may wait for one reader. */
const mostWaiting = 4 * 1024 * 1024;
/** Trees that are told at once. */
const mostNews = 512;
/** Proxies cut what is silent for long. */
const heartbeat = 15_000;

export class Streams {
  readonly #readers = new Set<ServerResponse>();
  readonly #timer: NodeJS.Timeout;
  /** The event from outside that was told last. */
  #told: string | undefined;

  constructor() {
    this.#timer = setInterval(() => this.#write(": still here\n\n"), heartbeat);
    this.#timer.unref();
  }

  /** Whether anyone is listening. */
  get open(): boolean {
    return this.#readers.size > 0;
  }

  /** A new reader. It is told what happens from now on. */
  add(response: ServerResponse, headers: Record<string, string>, simulator: Simulator): void {
    if (!this.open) this.#told = simulator.trace(undefined, { last: 1 })[0]?.event.id;
    response.writeHead(200, { ...headers, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.#readers.add(response);
    response.on("close", () => this.#readers.delete(response));
  }

  send(message: StreamMessage): void {
    if (this.open) this.#write(`data: ${JSON.stringify(message)}\n\n`);
  }

  /** Tells the events that came from outside since the last time: put, emitted, scheduled or replayed. */
  news(simulator: Simulator): void {
    if (!this.open) return;
    for (const trace of since(simulator, this.#told)) {
      this.send({ kind: "trace", trace });
      this.#told = trace.event.id;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    for (const reader of this.#readers) reader.end();
  }

  #write(text: string): void {
    for (const reader of this.#readers) {
      if (reader.writableLength > mostWaiting) reader.destroy();
      else reader.write(text);
    }
  }
}

/** The trees behind the one of this event; the newest of them, where they are very many. */
function since(simulator: Simulator, told: string | undefined): TraceNode[] {
  for (let last = 8; ; last *= 4) {
    const trees = simulator.trace(undefined, { last });
    const at = trees.findLastIndex(({ event }) => event.id === told);
    if (at >= 0) return trees.slice(at + 1);
    if (trees.length < last || last >= mostNews) return trees;
  }
}
