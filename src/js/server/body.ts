/** Bodies of requests: whole, bounded, chunked or not. */

import type { IncomingMessage } from "node:http";

/** The body; or why it is none. `gone` when the client went away in the middle. */
export type Body = { bytes: Uint8Array } | { failed: "too-large" | "encoded" | "gone" };

/** Reads a body of at most `limit` bytes. Of one that is larger nothing is kept. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return Promise.resolve({ failed: "encoded" });
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve({ failed: "too-large" });
  return new Promise((resolve) => {
    let chunks: Uint8Array[] = [];
    let size = 0;
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) {
        chunks = [];
        request.pause();
        resolve({ failed: "too-large" });
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", () => resolve({ bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }));
    request.on("error", () => resolve({ failed: "gone" }));
    request.on("close", () => resolve({ failed: "gone" }));
  });
}
