/** Starts a worker. Its address goes through a policy of trusted types, which the page's policy asks for. */
import address from "./worker.ts?worker&url";

interface Policy {
  createScriptURL(url: string): string;
}

interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

let policy: Policy | undefined;

export function startWorker(): Worker {
  // A name can be taken once.
  policy ??= (globalThis as { trustedTypes?: Policies }).trustedTypes?.createPolicy("eventbridge-sim", {
    createScriptURL: (url) => url,
  });
  return new Worker(policy ? policy.createScriptURL(address) : address, { type: "module" });
}
