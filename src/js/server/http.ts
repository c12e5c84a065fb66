/**
 * A simulator behind a socket: AWS JSON 1.1 at `POST /`, the simulator's own endpoints under `/_sim/`, the page at `GET /`.
 *
 * Whatever a client does (bodies cut short or too large, headers that are none, a stream that is never read) ends in an
 * answer of the service's shape or a closed connection, and never in a broken server. Requests are answered one at a time,
 * because the engine is; only reading and writing overlap.
 */

import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { EngineDeadError } from "../errors.js";
import { answer, callerIn, operationIn, refusal, type ServiceResponse } from "../protocol.js";
import type { Simulator } from "../simulator.js";
import { readBody } from "./body.js";
import { type HostClock, hostClock, standingClock } from "./clock.js";
import { type Delivery, deliverTo } from "./deliver.js";
import { type GuardOptions, judge, preflight } from "./guard.js";
import { type PageFiles, pageFile } from "./page.js";
import { type Running, simAnswer } from "./simulated.js";
import { type StateFile, stateFile } from "./state.js";
import { Streams } from "./stream.js";

export interface ServerOptions extends GuardOptions {
  /** `virtual` (default): the clock stands until it is moved. `system`: the host's time drives it. */
  clock?: "virtual" | "system";
  /** With the host's clock: so many simulated seconds pass in one. Default 1. */
  timeScale?: number;
  /** Deliveries that are posted to URLs. */
  deliver?: readonly Delivery[];
  /** A file that keeps the world: read when the server starts, written within a second of each change. */
  state?: string;
  /** Largest body in bytes. Default 2 MiB. */
  maxBody?: number;
  /** Milliseconds in which a request must have come whole. Default 30,000. */
  requestTimeout?: number;
  /** Is given one line for each request and delivery. */
  log?: (line: string) => void;
}

/** A server that was made and may be listening. */
export interface SimulatorServer {
  readonly server: Server;
  /** Begins to listen; gives the address. Port 0 is any free one. */
  listen(port?: number, host?: string): Promise<string>;
  /** Ends cleanly: requests under way are answered, the state is written, connections are closed. */
  close(): Promise<void>;
}

const defaultBody = 2 * 1024 * 1024;
const defaultTimeout = 30_000;
/** So long a close waits for requests under way. */
const grace = 2_000;

/** Serves a simulator. `page` says where the playground's files are, if they are anywhere. */
export function serverOf(simulator: Simulator, options: ServerOptions, page: PageFiles): SimulatorServer {
  const log = options.log ?? (() => undefined);
  const streams = new Streams();
  const state = options.state === undefined ? undefined : stateFile(simulator, options.state, log);
  deliverTo(simulator, options.deliver ?? [], log);
  const onTick = (): void => void settle({ simulator, state, streams, log });
  const isHosts = options.clock === "system";
  const clock = isHosts ? hostClock(simulator, options.timeScale ?? 1, onTick, log) : standingClock;
  const begin = (): Date | undefined => (isHosts ? new Date() : undefined);
  const context: Context = { simulator, clock, begin, options, page, log, streams, state };
  const requestTimeout = options.requestTimeout ?? defaultTimeout;
  const server = createHttpServer({
    requestTimeout,
    headersTimeout: requestTimeout,
    // Longer than an SDK keeps a connection, so that none is closed while a request is on its way.
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: Math.min(1_000, requestTimeout),
  });
  server.on("request", (request, response) => void handle(context, request, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => brokenRequest(error, socket));
  return {
    server,
    listen: (port = 4010, host = "127.0.0.1") => listen(server, port, host),
    close: async () => {
      clock.stop();
      streams.close();
      await closed(server);
      await state?.close();
    },
  };
}

/** What takes part when something has happened. */
interface Reacting {
  readonly simulator: Simulator;
  readonly log: (line: string) => void;
  readonly streams: Streams;
  readonly state: StateFile | undefined;
}

interface Context extends Running, Reacting {
  readonly simulator: Simulator;
  readonly clock: HostClock;
  readonly options: ServerOptions;
  readonly page: PageFiles;
}

/** What goes back. */
interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
  /** What the log calls it. */
  what: string;
}

async function handle(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const begun = performance.now();
  response.on("error", () => undefined);
  let reply: Reply | undefined;
  try {
    reply = await replyTo(context, request, response);
  } catch (thrown) {
    reply = fault(context, thrown);
  }
  if (reply === undefined) return;
  const { status, headers, body, what } = reply;
  const length = String(Buffer.byteLength(body));
  if (!response.destroyed) {
    response.writeHead(status, { ...headers, "content-length": length });
    response.end(request.method === "HEAD" ? undefined : body);
  }
  context.log(`${what} ${status} ${(performance.now() - begun).toFixed(1)} ms ${length} B`);
}

/** The reply, or `undefined` when there is nobody to reply to or the reply does not end. */
async function replyTo(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | undefined> {
  const { options, streams } = context;
  const method = request.method ?? "GET";
  const url = urlOf(request);
  const what = `${method} ${url.pathname}`;
  const judgement = judge(request.headers, options);
  if ("refused" in judgement) {
    const refused = refusal(403, "AccessDeniedException", judgement.refused, judgement.help);
    return drained(request, serviceReply(refused, what));
  }
  const { headers } = judgement;
  if (method === "OPTIONS")
    return { status: 204, headers: { ...headers, ...preflight(request.headers) }, body: "", what };
  if (what === "GET /_sim/stream") {
    streams.add(response, headers, context.simulator);
    return undefined;
  }
  const body = await readBody(request, options.maxBody ?? defaultBody);
  if ("failed" in body) {
    if (body.failed === "gone") return undefined;
    return drained(request, serviceReply(unread(body.failed, options.maxBody ?? defaultBody), what, headers));
  }
  context.clock.tick();
  if (method === "POST" && url.pathname === "/") return service(context, request, body.bytes, headers);
  if (url.pathname.startsWith("/_sim/")) return simulated(context, method, url, body.bytes, headers);
  return fileReply(context, method, url.pathname, what, headers);
}

function service(context: Context, request: IncomingMessage, body: Uint8Array, headers: Record<string, string>): Reply {
  const answered = answer(context.simulator, request.headers, body);
  const operation = operationIn(request.headers);
  if (operation !== undefined) tell(context, operation, request, answered);
  void settle(context);
  return serviceReply(answered, operation ?? "POST /", headers);
}

/** Tells those who listen what was asked. What came of it follows when it has settled. */
function tell({ streams }: Context, operation: string, request: IncomingMessage, { status }: ServiceResponse): void {
  streams.send({ kind: "operation", operation, status, ...callerIn(request.headers) });
  if (status >= 400 || /^(Describe|List|Test|PutEvents|PutPartnerEvents)/.test(operation)) return;
  streams.send({ kind: "world" });
}

function simulated(
  context: Context,
  method: string,
  url: Asked,
  bytes: Uint8Array,
  headers: Record<string, string>,
): Reply {
  const { streams } = context;
  const name = url.pathname.slice("/_sim/".length);
  const body = Buffer.from(bytes).toString("utf8");
  const { status, body: answered, news } = simAnswer(context, method, name, { query: url.searchParams, body });
  if (news !== undefined) streams.send({ kind: news });
  if (method === "POST") void settle(context);
  const type = { "content-type": "application/json" };
  return {
    status,
    headers: { ...headers, ...type },
    body: JSON.stringify(answered),
    what: `${method} ${url.pathname}`,
  };
}

function fileReply(
  context: Context,
  method: string,
  path: string,
  what: string,
  headers: Record<string, string>,
): Reply {
  const found = method === "GET" || method === "HEAD" ? pageFile(context.page, path) : undefined;
  if (found !== undefined) {
    const more = { "content-type": found.type, "cache-control": "no-cache", "x-content-type-options": "nosniff" };
    return { status: 200, headers: { ...headers, ...more }, body: found.bytes, what };
  }
  const help = "operations go to POST /, the simulator's own endpoints are under /_sim/, the page is at GET /";
  return serviceReply(refusal(404, "NotFound", `there is no ${what}`, help), what, headers);
}

function serviceReply(
  { status, headers, body }: ServiceResponse,
  what: string,
  more: Record<string, string> = {},
): Reply {
  return { status, headers: { ...headers, ...more }, body, what };
}

function unread(why: "too-large" | "encoded", limit: number): ServiceResponse {
  return why === "encoded"
    ? refusal(415, "UnsupportedMediaTypeException", "a body with a Content-Encoding is not read", "send it as it is")
    : refusal(413, "RequestEntityTooLargeException", `the body is larger than ${limit} bytes`);
}

interface Asked {
  pathname: string;
  searchParams: URLSearchParams;
}

const whole = /^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d+)?(?=[/?]|$)/i;

/** Split by hand: what stands in a request line need not be a URL. A client that takes us for a proxy writes all of it. */
function urlOf({ url = "/" }: IncomingMessage): Asked {
  const [path = "/", ...query] = url.replace(whole, "").split("?");
  return { pathname: path || "/", searchParams: new URLSearchParams(query.join("?")) };
}

/** The rest of the body will not be read, so the connection cannot serve another request. */
function drained(request: IncomingMessage, reply: Reply): Reply {
  if (request.complete) return reply;
  request.resume();
  return { ...reply, headers: { ...reply.headers, connection: "close" } };
}

/** What must not happen did. Nothing is known of the state, so the log has the stack. */
function fault({ log }: Context, thrown: unknown): Reply {
  log(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  const status = thrown instanceof EngineDeadError ? 503 : 500;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return serviceReply(refusal(status, "InternalException", message), "fault");
}

/** Handlers that wait for promises go on in their own time; then the state is worth writing, and there may be news. */
async function settle({ simulator, state, streams, log }: Reacting): Promise<void> {
  try {
    state?.touch();
    const settled = simulator.settle();
    streams.news(simulator);
    await settled;
    state?.touch();
    streams.news(simulator);
  } catch (thrown) {
    log(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  }
}

/** What arrives is no HTTP, or came too slowly. */
function brokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const isLate = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const isLong = error.code === "HPE_HEADER_OVERFLOW";
  const line = isLate ? "408 Request Timeout" : isLong ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const code = isLate ? "RequestTimeoutException" : "SerializationException";
  const words = isLate
    ? "the request did not come in time"
    : isLong
      ? "the headers are too large"
      : "this is no HTTP request";
  const { headers, body } = refusal(400, code, words);
  const lines = [
    ...Object.entries(headers),
    ["content-length", String(Buffer.byteLength(body))],
    ["connection", "close"],
  ];
  socket.end(`HTTP/1.1 ${line}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`);
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const { address, family, port: bound } = server.address() as AddressInfo;
      resolve(`http://${family === "IPv6" ? `[${address}]` : address}:${bound}`);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
