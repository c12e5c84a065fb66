// The AWS SDK for JavaScript v3, in process and over HTTP, through the whole life of every resource family.
import * as sdk from "@aws-sdk/client-eventbridge";
import { Simulator } from "eventbridge-sim";
import { requestHandler } from "eventbridge-sim/sdk";
import { createServer } from "eventbridge-sim/server";
import { describe, expect, test } from "vitest";
import { check, filled, type Result, type Saved, type Step, save, type Walk, walks } from "./walk.js";

type Input = Record<string, unknown>;
type CommandClass = new (input: Input) => Parameters<sdk.EventBridgeClient["send"]>[0];
type ErrorClass = new (...args: never[]) => Error;

const region = "us-east-1";
const credentials = { accessKeyId: "123456789012", secretAccessKey: "test" };
const exported = sdk as unknown as Record<string, unknown>;

/** Walks with a client; gives what came of each step. */
async function walkWith(client: sdk.EventBridgeClient, { steps }: Walk, settle = async () => {}): Promise<void> {
  const saved: Saved = new Map();
  for (const step of steps) {
    const result = await resultOf(client, { ...step, input: timed(filled(step.input, saved)) as Step["input"] });
    await settle();
    check(step, result, saved);
    save(step, result, saved);
  }
}

async function resultOf(client: sdk.EventBridgeClient, { operation, input, pages }: Step): Promise<Result> {
  try {
    if (pages === undefined) return { output: plain(await sent(client, operation, input)) };
    const items: Result["items"] = [];
    let token: unknown;
    do {
      const more = token === undefined ? {} : { NextToken: token };
      const page = await sent(client, operation, { ...input, ...more, Limit: pages.limit });
      const found = plain(page[pages.list]) as NonNullable<Result["items"]>;
      expect(found.length).toBeLessThanOrEqual(pages.limit);
      items.push(...found);
      token = page.NextToken;
    } while (token !== undefined);
    return { items };
  } catch (thrown) {
    if (!(thrown instanceof sdk.EventBridgeServiceException)) throw thrown;
    const own = exported[thrown.name] as ErrorClass | undefined;
    const isOwn = own === undefined ? thrown.constructor === sdk.EventBridgeServiceException : thrown instanceof own;
    return { error: thrown.name, message: thrown.message, isOwn };
  }
}

async function sent(client: sdk.EventBridgeClient, operation: string, input: Input): Promise<Input> {
  const Command = exported[`${operation}Command`] as CommandClass;
  const { $metadata, ...output } = (await client.send(new Command(input))) as unknown as Input & { $metadata: object };
  expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.any(String) as string });
  return output;
}

/** With dates in place of `@seconds`. */
function timed(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("@") ? new Date(Number(value.slice(1)) * 1000) : value;
  if (Array.isArray(value)) return value.map(timed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, timed(member)]));
}

/** Without dates and members that are not there. */
const plain = (value: unknown): NonNullable<Result["output"]> =>
  JSON.parse(JSON.stringify(value)) as NonNullable<Result["output"]>;

describe("in process", () => {
  test.each(walks.map((walk) => [walk.title, walk] as const))("%s", async (_, walk) => {
    const simulator = new Simulator({ delays: "prompt" });
    const handler = requestHandler(simulator);
    const client = new sdk.EventBridgeClient({ region, credentials, requestHandler: handler, maxAttempts: 1 });
    await walkWith(client, walk, () => simulator.settle());
  });
});

describe("over HTTP", () => {
  test.each(walks.map((walk) => [walk.title, walk] as const))("%s", async (_, walk) => {
    const server = createServer(new Simulator({ delays: "prompt" }));
    const client = new sdk.EventBridgeClient({ region, credentials, endpoint: await server.listen(0), maxAttempts: 1 });
    await walkWith(client, walk);
    client.destroy();
    await server.close();
  });
});
