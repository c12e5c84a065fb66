import { fileURLToPath } from "node:url";
import { type ServerOptions, type SimulatorServer, serverOf } from "../server/http.js";
import type { Simulator } from "../simulator.js";

export type { Delivery } from "../server/deliver.js";
export type { ServerOptions, SimulatorServer } from "../server/http.js";
export type { StreamMessage } from "../server/stream.js";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A server for a simulator, on `node:http`: the AWS JSON 1.1 protocol, `/_sim/` endpoints, and the page. */
export function createServer(simulator: Simulator, options: ServerOptions = {}): SimulatorServer {
  return serverOf(simulator, options, { folder: file("./page/"), engine: file("./engine_bg.wasm") });
}
