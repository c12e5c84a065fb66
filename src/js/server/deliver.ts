/**
 * Deliveries to real endpoints: what a target receives is posted to a URL, as its input is, and the answer is the target's.
 *
 * A status of 2xx is a delivery; anything else, no answer or a late one is a failure, which the simulator then treats as it
 * treats any (retry policy, dead-letter queue). What the endpoint answers is not read. Deliveries go one after another, so that
 * a run is the same every time.
 */

import type { Simulator } from "../simulator.js";
import type { Invocation } from "../types.js";

/** Deliveries to targets whose ARN fits go to this URL. */
export interface Delivery {
  /** ARN glob: `*` stands for any text. */
  target: string;
  url: string;
}

/** So long an endpoint may take. */
const patience = 10_000;

/** Posts to URLs what targets receive. */
export function deliverTo(simulator: Simulator, deliveries: readonly Delivery[], log: (line: string) => void): void {
  for (const { target, url } of deliveries) {
    simulator.onInvoke(target, async (invocation) => {
      try {
        await post(url, invocation);
        log(`delivered ${invocation.id} to ${url}`);
      } catch (thrown) {
        log(
          `delivery of ${invocation.id} to ${url} failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        );
        throw thrown;
      }
    });
  }
}

async function post(url: string, { id, rule, target, input }: Invocation): Promise<void> {
  const headers = {
    "content-type": "application/json",
    "x-ebsim-invocation": id,
    "x-ebsim-rule": rule,
    "x-ebsim-target": target,
  };
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(url, { method: "POST", headers, body: input, redirect: "error", signal }).catch(
    unreachable,
  );
  await response.body?.cancel();
  if (!response.ok) throw named(`HTTP_${response.status}`, `the endpoint answered ${response.status}`);
}

function unreachable(thrown: unknown): never {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const message = cause instanceof Error ? cause.message : String(cause);
  const isLate = thrown instanceof Error && thrown.name === "TimeoutError";
  throw named(isLate ? "TIMEOUT" : "CONNECTION_FAILURE", isLate ? `no answer within ${patience / 1000} s` : message);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
