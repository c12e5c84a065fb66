/**
 * `GET /_sim/stream`: what happens, as server-sent events, while it happens.
 *
 * Each message is one JSON object with a `kind`: `operation` (a call was answered), `trace` (an event came from outside; the
 * whole tree of what followed from it so far), `world` (buses, rules or effects are others now: ask again), `reset`.
 * A client that reads too slowly is let go instead of being remembered for: its browser connects again by itself.
 */

import type { ServerResponse } from "node:http";
import type { TraceNode } from "../types.js";

export type StreamMessage =
  | { kind: "operation"; operation: string; status: number; account?: string; region?: string }
  | { kind: "trace"; trace: TraceNode }
  | { kind: "world" }
  | { kind: "reset" };

/** Bytes that may wait for one reader. */
const mostWaiting = 4 * 1024 * 1024;
/** Proxies cut what is silent for long. */
const heartbeat = 15_000;

export class Streams {
  readonly #readers = new Set<ServerResponse>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#write(": still here\n\n"), heartbeat);
    this.#timer.unref();
  }

  /** Whether anyone is listening. */
  get open(): boolean {
    return this.#readers.size > 0;
  }

  add(response: ServerResponse, headers: Record<string, string>): void {
    response.writeHead(200, { ...headers, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.#readers.add(response);
    response.on("close", () => this.#readers.delete(response));
  }

  send(message: StreamMessage): void {
    if (this.open) this.#write(`data: ${JSON.stringify(message)}\n\n`);
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
