/** A worker of `ebsim match --jobs`: takes blocks, gives what `matchBlock` gives. It lives as long as its port is open. */

import { parentPort, workerData } from "node:worker_threads";
import { matchBlock } from "./block.js";
import { rulesOf } from "./rules.js";

export interface WorkerTask {
  rules: string;
  wanted: "names" | "counts";
}

/** Answers blocks until it is terminated. */
export function work(): void {
  const { rules: text, wanted } = workerData as WorkerTask;
  const rules = rulesOf(text);
  parentPort?.on("message", (bytes: Uint8Array) => {
    parentPort?.postMessage(matchBlock(rules, bytes, wanted));
  });
}
