/**
 * Starts a worker, and gives it the engine's code. Its address goes through a policy of trusted types, which the page's policy
 * asks for.
 */
import { engineModule } from "./engine-module.js";

interface Policy {
  createScriptURL(url: string): string;
}

interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

let policy: Policy | undefined;

export async function startWorker(): Promise<Worker> {
  // Built as one more entry of the page (vite.config.ts), the worker shares the page's chunks. Only itself knows its address.
  const { address } = await import("./worker.js");
  // A name can be taken once.
  policy ??= (globalThis as { trustedTypes?: Policies }).trustedTypes?.createPolicy("eventbridge-sim", {
    createScriptURL: (url) => url,
  });
  const module = await engineModule();
  const worker = new Worker(policy ? policy.createScriptURL(address) : address, { type: "module" });
  worker.postMessage({ module });
  return worker;
}
