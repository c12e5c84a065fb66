/** A file of lines, in blocks that end where a line ends: only a few of them are in memory at any time. */

import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { UsageError } from "./command.js";
import { unreadable } from "./input.js";

/** Bytes of a block: large enough that handing it over costs nothing beside the work. */
const usual = 512 * 1024;
/** A line that is longer is no event. */
const longest = 64 * 1024 * 1024;

/** The blocks of a file, or of standard input for `-`. */
export async function* blocksOf(file: string): AsyncGenerator<Uint8Array> {
  const source: Readable = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: usual });
  let rest: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      rest.push(chunk);
      size += chunk.length;
      const last = chunk.lastIndexOf(0x0a);
      if (size < usual || last < 0) {
        if (size > longest)
          throw new UsageError(`\`${file}\` has a line longer than ${longest} bytes`, "one event a line");
        continue;
      }
      const whole = Buffer.concat(rest);
      const cut = whole.length - (chunk.length - last - 1);
      yield whole.subarray(0, cut);
      rest = [whole.subarray(cut)];
      size = whole.length - cut;
    }
  } catch (thrown) {
    throw unreadable(thrown, file);
  }
  if (size > 0) yield Buffer.concat(rest);
}
