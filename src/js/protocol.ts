/**
 * AWS JSON 1.1, as every SDK speaks it: one request in, one response out, nothing of HTTP but headers and a body.
 *
 * The operation stands in `X-Amz-Target: AWSEvents.<Operation>`. Nobody's signature is checked; its credential scope says in
 * which region the call is made, and an access key of twelve digits is taken for the account (our choice: so that one
 * server can play several accounts). `sdk.ts` calls this in process, the server behind a socket.
 */

import type { Caller } from "./operations.js";

/** What answers: a simulator. */
export interface Answering {
  request(operation: string, body: string, caller?: Caller): { status: number; body: string };
}

/** Header names in lower case, as Node and the SDK have them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface ServiceResponse {
  status: number;
  headers: Record<string, string>;
  /** JSON text. */
  body: string;
}

const contentType = "application/x-amz-json-1.1";
const targetPrefix = "AWSEvents.";

/** The operation that the headers ask for, if they ask for one. */
export function operationIn(headers: Headers): string | undefined {
  const target = one(headers["x-amz-target"]);
  return target?.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : undefined;
}

/** Answers a request as the service would. */
export function answer(simulator: Answering, headers: Headers, body: Uint8Array | string): ServiceResponse {
  const operation = operationIn(headers);
  if (operation === undefined) {
    const target = one(headers["x-amz-target"]);
    const help = `send \`X-Amz-Target: ${targetPrefix}<Operation>\`${target === undefined ? "" : `, not \`${target}\``}`;
    return refusal(400, "UnknownOperationException", "", help);
  }
  const text = typeof body === "string" ? body : decoded(body);
  if (text === undefined) return refusal(400, "SerializationException", "", "the body is not UTF-8");
  return response(simulator.request(operation, text, callerIn(headers)));
}

/** An error that no simulator gave, in the service's shape. */
export function refusal(status: number, code: string, message: string, help?: string): ServiceResponse {
  return response({ status, body: JSON.stringify({ __type: code, message, ...(help !== undefined && { help }) }) });
}

function response({ status, body }: { status: number; body: string }): ServiceResponse {
  const code = status >= 400 ? codeIn(body) : undefined;
  return {
    status,
    headers: {
      "content-type": contentType,
      "x-amzn-requestid": crypto.randomUUID(),
      ...(code !== undefined && { "x-amzn-errortype": code }),
    },
    body,
  };
}

function codeIn(body: string): string | undefined {
  const { __type } = JSON.parse(body) as { __type?: unknown };
  return typeof __type === "string" ? __type : undefined;
}

/**
 * Who calls, by the credential scope: `Credential=KEY/20260314/us-east-1/events/aws4_request`. A multi-region signature
 * (SigV4a) has no region in its scope but a header `x-amz-region-set`.
 */
export function callerIn(headers: Headers): Caller {
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^,\s]+)/.exec(one(headers.authorization) ?? "");
  const traceHeader = one(headers["x-amzn-trace-id"]);
  const traced = traceHeader !== undefined && { traceHeader };
  if (scope === null) return { ...traced };
  const [, key = "", rest = ""] = scope;
  const region = [rest.split("/")[0], one(headers["x-amz-region-set"])].find((name) => isRegion(name));
  return {
    ...(/^\d{12}$/.test(key) && { account: key }),
    ...(region !== undefined && { region }),
    ...traced,
  };
}

function isRegion(name: string | undefined): boolean {
  return name !== undefined && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name);
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === "object" ? header[0] : header;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
