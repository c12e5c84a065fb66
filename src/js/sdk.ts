/**
 * The AWS SDK for JavaScript v3, in process: a `requestHandler` that answers from a simulator instead of the network.
 *
 * The client serialises, signs, retries and builds its exceptions as it always does; only the bytes go elsewhere. Its shapes
 * are written down here structurally, so that the package depends on no version of the SDK.
 */

import { type Answering, answer } from "./protocol.js";

/** What the SDK's HTTP request holds, as far as it is read here. */
export interface SdkRequest {
  headers: Record<string, string>;
  body?: unknown;
}

export interface SdkResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** An abort signal, the platform's or the SDK's own. */
export interface SdkAbortSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** What a client takes as its `requestHandler`. */
export interface SdkRequestHandler {
  readonly metadata: { handlerProtocol: string };
  handle(
    request: SdkRequest,
    options?: { abortSignal?: SdkAbortSignal | undefined },
  ): Promise<{ response: SdkResponse }>;
  /** There is nothing to configure. */
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/**
 * A `requestHandler` for `new EventBridgeClient({ requestHandler: requestHandler(simulator), ... })`.
 *
 * The client still wants a region and credentials; any will do. The region is the one it calls, and an access key of twelve
 * digits the account.
 */
export function requestHandler(simulator: Answering): SdkRequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request, options = {}) {
      // The SDK looks at what it awaits, and a caller may abort while it does.
      await Promise.resolve();
      if (options.abortSignal?.aborted) throw abortError(options.abortSignal);
      const { status, headers, body } = answer(simulator, lowered(request.headers), bodyOf(request.body));
      return { response: { statusCode: status, headers, body: new TextEncoder().encode(body) } };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

/** What the SDK's own handlers throw. */
function abortError({ reason }: SdkAbortSignal): Error {
  const error = new Error("Request aborted", reason === undefined ? undefined : { cause: reason });
  error.name = "AbortError";
  return error;
}

function lowered(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyOf(body: unknown): string | Uint8Array {
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  if (body === undefined || body === null) return "";
  throw new TypeError("requestHandler: the body of an EventBridge request is text or bytes; is this another client?");
}
