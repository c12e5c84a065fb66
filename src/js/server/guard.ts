/**
 * Who may ask. The server stands on a developer's machine, where any web page that is open in a browser can send requests.
 *
 * Two checks keep pages out: the Host header must be a name of this machine (a page that has its own name resolve to 127.0.0.1
 * still sends its own name), and an Origin header, which browsers send and SDKs do not, must be the server itself or one
 * that `cors` allows.
 */

import type { IncomingHttpHeaders } from "node:http";

export interface GuardOptions {
  /** Names that may stand in the Host header besides those of loopback. */
  allowHosts?: readonly string[] | undefined;
  /** Origins whose pages may ask, such as `http://localhost:5173`; `*` is any. None unless asked. */
  cors?: readonly string[] | undefined;
}

/** Why a request is refused, or the headers that its answer must have. */
export type Judgement = { refused: string; help: string } | { headers: Record<string, string> };

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Judges a request by its headers. */
export function judge(headers: IncomingHttpHeaders, options: GuardOptions): Judgement {
  const host = headers.host ?? "";
  if (!isAllowedHost(host, options.allowHosts ?? [])) {
    const name = hostName(host);
    return {
      refused: `the Host header \`${host}\` is not a name of this server`,
      help: name === "" ? "send a Host header" : `start the server with --allow-host ${name}`,
    };
  }
  const origin = headers.origin;
  if (origin === undefined || isOwn(origin, host)) return { headers: {} };
  const allowed = options.cors ?? [];
  if (!allowed.includes("*") && !allowed.includes(origin)) {
    return {
      refused: `pages of \`${origin}\` may not use this server`,
      help: `start the server with --cors ${origin}`,
    };
  }
  return {
    headers: {
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "x-amzn-requestid, x-amzn-errortype",
      vary: "origin",
    },
  };
}

/** The further headers that answer a browser's question before it sends the request. */
export function preflight(headers: IncomingHttpHeaders): Record<string, string> {
  const wanted = headers["access-control-request-headers"];
  return {
    "access-control-allow-methods": "GET, POST, OPTIONS",
    ...(wanted !== undefined && { "access-control-allow-headers": wanted }),
    "access-control-max-age": "600",
  };
}

/** The name in a Host header, without the port. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}

function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  const name = hostName(host);
  const fits = (other: string): boolean => other === "*" || hostName(other) === name;
  return loopback.has(name) || name.endsWith(".localhost") || allowed.some(fits);
}

/** Whether a page that this server gave is asking. */
function isOwn(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}
