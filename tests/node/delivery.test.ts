/** Delivery through the package: what is sent, who may, what happens when it fails, and inputs without a simulator. */

import { renderInput, Simulator } from "eventbridge-sim";
import { expect, test } from "vitest";

const account = "123456789012";
const queue = `arn:aws:sqs:us-east-1:${account}:ship`;
const ship = `arn:aws:lambda:us-east-1:${account}:function:ship`;
const deadLetters = `arn:aws:sqs:us-east-1:${account}:dlq`;

function world(target: { Arn: string; [member: string]: unknown }, options = {}): Simulator {
  const simulator = new Simulator(options);
  simulator.putRule({ Name: "paid", EventPattern: { source: ["shop"] } });
  const DeadLetterConfig = { Arn: deadLetters };
  simulator.putTargets({ Rule: "paid", Targets: [{ Id: "target", DeadLetterConfig, ...target }] });
  return simulator;
}

const paid = { source: "shop", detailType: "Paid", detail: { total: 7 } };

test("a handler that throws is called again, and then it is done", () => {
  const simulator = world({ Arn: ship });
  let calls = 0;
  simulator.onInvoke(ship, () => {
    calls += 1;
    if (calls < 3) throw new Error("not yet");
  });
  const [first] = simulator.send(paid).invocations;
  expect(first).toMatchObject({ outcome: "failed", attempt: 1, error: { code: "Error", message: "not yet" } });
  expect(first?.retryAt).toBeDefined();
  simulator.advance("1m");
  expect(calls).toBe(3);
  expect(simulator.invocations()).toMatchObject([{ outcome: "delivered", attempt: 3 }]);
});

test("what is given up lies in the dead-letter queue with the service's attributes", () => {
  const simulator = world({ Arn: ship, RetryPolicy: { MaximumRetryAttempts: 1 } });
  simulator.onInvoke(ship, () => {
    throw new Error("never");
  });
  simulator.send(paid);
  simulator.advance("1m");
  const [invocation] = simulator.invocations();
  expect(invocation?.deadLetter?.attributes).toEqual({
    ERROR_CODE: "Error",
    ERROR_MESSAGE: "never",
    EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
    RETRY_ATTEMPTS: "1",
    RULE_ARN: `arn:aws:events:us-east-1:${account}:rule/paid`,
    TARGET_ARN: ship,
  });
});

test("a denial names the statement, and a declaration opens the door", () => {
  const Statement = [{ Sid: "nobody", Effect: "Deny", Principal: "*", Action: "sqs:*" }];
  const simulator = world({ Arn: queue }, { resources: { [queue]: { policy: { Statement } } } });
  const [denied] = simulator.send(paid).invocations;
  expect(denied).toMatchObject({ outcome: "not-delivered", error: { code: "NO_RESOURCE" } });
  expect(denied?.error?.help).toContain("statement `nobody`");
  simulator.declare(queue, {});
  expect(simulator.send(paid).invocations).toMatchObject([{ outcome: "delivered" }]);
});

test("the next call, or one entry of it, fails on order", () => {
  const simulator = world({ Arn: queue });
  simulator.failNext("PutEvents", { code: "ThrottlingException" });
  expect(() => simulator.send(paid)).toThrow("Rate exceeded");
  simulator.failNext("PutEvents", { entry: 1, code: "InternalFailure" });
  const entry = { Source: "shop", DetailType: "Paid", Detail: "{}" };
  const { Entries, FailedEntryCount } = simulator.putEvents({ Entries: [entry, entry, entry] });
  expect(FailedEntryCount).toBe(1);
  expect(Entries?.map((one) => one.ErrorCode)).toEqual([undefined, "InternalFailure", undefined]);
  expect(() => simulator.failNext("PutEvents", { code: "Throttled" })).toThrow("there is no code `Throttled`");
});

test("the request of a delivery carries groups, keys and trace headers", () => {
  const simulator = world({ Arn: `${queue}.fifo`, SqsParameters: { MessageGroupId: "orders" } });
  const header = "Root=1-6ab2832c-0123456789abcdef01234567";
  const Entries = [{ Source: "shop", DetailType: "Paid", Detail: "{}" }];
  simulator.putEvents({ Entries }, { traceHeader: header });
  expect(simulator.invocations()[0]?.delivery).toEqual({
    action: "sqs:SendMessage",
    request: {
      QueueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/ship.fifo`,
      MessageGroupId: "orders",
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: header } },
    },
  });
});

test("options that cannot be are refused with their place", () => {
  const wrong = { resources: { [queue]: { polcy: [] } } } as object;
  expect(() => new Simulator(wrong)).toThrow("has no member `polcy`");
  expect(() => new Simulator({ organizations: { "o-1": ["12"] } })).toThrow("an account has twelve digits");
});

test("an input is rendered without a simulator, mistakes included", () => {
  const event = { source: "shop", "detail-type": "Paid", detail: { who: "Ann", lines: [1, 2] } };
  const template = '{"to": <who>, "lines": "<lines>"}';
  const InputTransformer = {
    InputPathsMap: { who: "$.detail.who", lines: "$.detail.lines[*]" },
    InputTemplate: template,
  };
  const rendered = renderInput({ InputTransformer }, event);
  expect(rendered.output).toBe('{"to": "Ann", "lines": "[1,2]"}');
  expect(rendered.placeholders.map(({ name, value }) => [name, value])).toEqual([
    ["who", '"Ann"'],
    ["lines", "[1,2]"],
  ]);
  const broken = renderInput({ InputTransformer: { ...InputTransformer, InputTemplate: '{"all": "<event>"}' } }, event);
  expect(broken).toMatchObject({ output: null, diagnostics: [{ code: "IT010", member: "InputTemplate" }] });
});
