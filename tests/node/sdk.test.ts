// The AWS SDK's own client, answered in process.
import {
  CreateEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  EventBridgeServiceException,
  ListEventBusesCommand,
  PutEventsCommand,
  PutRuleCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-eventbridge";
import { Simulator } from "eventbridge-sim";
import { requestHandler } from "eventbridge-sim/sdk";
import { describe, expect, test } from "vitest";

function client(simulator: Simulator, { accessKeyId = "test", region = "us-east-1" } = {}): EventBridgeClient {
  const credentials = { accessKeyId, secretAccessKey: "test" };
  return new EventBridgeClient({ region, credentials, requestHandler: requestHandler(simulator) });
}

test("answers with the SDK's shapes: dates are dates", async () => {
  const simulator = new Simulator({ now: "2030-01-02T03:04:05Z" });
  const { EventBuses, $metadata } = await client(simulator).send(new ListEventBusesCommand({}));
  expect(EventBuses).toMatchObject([{ Name: "default", CreationTime: new Date("2030-01-02T03:04:05Z") }]);
  expect($metadata).toMatchObject({
    httpStatusCode: 200,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});

test("throws the SDK's own exception classes", async () => {
  const asked = client(new Simulator()).send(new DescribeRuleCommand({ Name: "nope" }));
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ResourceNotFoundException);
  expect(error).toMatchObject({ message: "Rule nope does not exist on EventBus default.", $fault: "client" });
});

test("what the model has no class for is the base class, under the service's name", async () => {
  const asked = client(new Simulator()).send(new PutRuleCommand({ Name: "no spaces", EventPattern: "{}" }));
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EventBridgeServiceException);
  expect(error).toMatchObject({ name: "ValidationException" });
});

test("the signature's scope says where, and an access key of twelve digits who", async () => {
  const simulator = new Simulator();
  const theirs = client(simulator, { accessKeyId: "210987654321", region: "eu-central-1" });
  const { EventBusArn } = await theirs.send(new CreateEventBusCommand({ Name: "theirs" }));
  expect(EventBusArn).toBe("arn:aws:events:eu-central-1:210987654321:event-bus/theirs");
  const { EventBuses } = await client(simulator).send(new ListEventBusesCommand({}));
  expect(EventBuses).toHaveLength(1);
});

test("events reach handlers before the client has its answer", async () => {
  const simulator = new Simulator();
  simulator.putRule({ Name: "r", EventPattern: { source: ["shop"] } });
  simulator.putTargets({ Rule: "r", Targets: [{ Id: "t", Arn: "arn:aws:lambda:us-east-1:123456789012:function:f" }] });
  const seen: unknown[] = [];
  simulator.onInvoke("*", ({ event }) => void seen.push(event.detail));
  const entry = { Source: "shop", DetailType: "Order", Detail: '{"n":1}' };
  await client(simulator).send(new PutEventsCommand({ Entries: [entry] }));
  expect(seen).toEqual([{ n: 1 }]);
});

describe("abort signals", () => {
  test.each([["before", 0] as const, ["while", 1] as const])("an abort %s it is asked", async (_, when) => {
    const simulator = new Simulator();
    const control = new AbortController();
    if (when === 0) control.abort();
    const command = new CreateEventBusCommand({ Name: "never" });
    const asked = client(simulator).send(command, { abortSignal: control.signal });
    control.abort();
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
    expect(simulator.listEventBuses().EventBuses).toHaveLength(1);
  });
});

test("a request of something else than EventBridge is refused in the service's shape", async () => {
  const { response } = await requestHandler(new Simulator()).handle({ headers: { "X-Amz-Target": "AmazonSQS.X" } });
  expect(response.statusCode).toBe(400);
  expect(response.headers["x-amzn-errortype"]).toBe("UnknownOperationException");
});
