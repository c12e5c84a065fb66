/** Starts the worker. Its address goes through a policy of trusted types, which the page's policy asks for. */
import address from "./worker.ts?worker&url";

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

export function startWorker(): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  const policy = trustedTypes?.createPolicy("eventbridge-sim", { createScriptURL: (url) => url });
  return new Worker(policy ? policy.createScriptURL(address) : address, { type: "module" });
}
