// Every operation of the service has a method, and each of them succeeds at least once.
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { Simulator } from "eventbridge-sim";
import { expect, test } from "vitest";

const home = "arn:aws:events:us-east-1:123456789012";
const partner = "aws.partner/example.com/account/orders";
const queue = "arn:aws:sqs:us-east-1:123456789012:queue";

/** The operations of the SDK's client, as its methods are called. */
const methods = Object.getOwnPropertyNames(EventBridge.prototype).filter(
  (name) => /^[a-z]/.test(name) && name !== "constructor",
);

test("the simulator has a method for each of the SDK's", () => {
  const names = methods.filter((name) => !["destroy", "send"].includes(name));
  expect(names).toHaveLength(57);
  for (const name of names) {
    expect(typeof Reflect.get(Simulator.prototype, name), name).toBe("function");
  }
});

test("each of the 57 operations does something", () => {
  const simulator = new Simulator({ account: "123456789012", region: "us-east-1" });
  const called = new Set<string>();
  const call = <Name extends keyof Simulator & string>(
    name: Name,
    ...input: Simulator[Name] extends (...args: infer Args) => unknown ? Args : never
  ): Simulator[Name] extends (...args: never[]) => infer Output ? Output : never => {
    called.add(name);
    const method: unknown = simulator[name];
    if (typeof method !== "function") {
      throw new TypeError(`${name} is no method`);
    }
    return method.apply(simulator, input);
  };

  call("createEventBus", { Name: "orders", Tags: [{ Key: "team", Value: "a" }] });
  call("updateEventBus", { Name: "orders", Description: "all orders" });
  expect(call("describeEventBus", { Name: "orders" }).CreationTime).toBeInstanceOf(Date);
  expect(call("listEventBuses", { NamePrefix: "ord" }).EventBuses).toHaveLength(1);
  call("putPermission", {
    EventBusName: "orders",
    Action: "events:PutEvents",
    Principal: "222222222222",
    StatementId: "other",
  });
  call("removePermission", { EventBusName: "orders", StatementId: "other" });

  call("putRule", { Name: "placed", EventBusName: "orders", EventPattern: { source: ["shop"] } });
  call("disableRule", { Name: "placed", EventBusName: "orders" });
  call("enableRule", { Name: "placed", EventBusName: "orders" });
  expect(call("describeRule", { Name: "placed", EventBusName: "orders" }).State).toBe("ENABLED");
  expect(call("listRules", { EventBusName: "orders" }).Rules).toHaveLength(1);
  call("putTargets", { Rule: "placed", EventBusName: "orders", Targets: [{ Id: "queue", Arn: queue }] });
  expect(call("listTargetsByRule", { Rule: "placed", EventBusName: "orders" }).Targets).toHaveLength(1);
  expect(call("listRuleNamesByTarget", { TargetArn: queue, EventBusName: "orders" }).RuleNames).toEqual(["placed"]);
  const rule = `${home}:rule/orders/placed`;
  call("tagResource", { ResourceARN: rule, Tags: [{ Key: "stage", Value: "test" }] });
  expect(call("listTagsForResource", { ResourceARN: rule }).Tags).toEqual([{ Key: "stage", Value: "test" }]);
  call("untagResource", { ResourceARN: rule, TagKeys: ["stage"] });
  const event = { source: "shop", "detail-type": "t", id: "1", account: "1", time: "t", region: "r", detail: {} };
  expect(call("testEventPattern", { EventPattern: { source: ["shop"] }, Event: event }).Result).toBe(true);

  call("createArchive", { ArchiveName: "kept", EventSourceArn: `${home}:event-bus/orders`, RetentionDays: 3 });
  call("updateArchive", { ArchiveName: "kept", Description: "three days" });
  expect(call("describeArchive", { ArchiveName: "kept" }).RetentionDays).toBe(3);
  expect(call("listArchives", { NamePrefix: "kept" }).Archives).toHaveLength(1);
  const start = new Date("2026-01-01T00:00:00Z");
  const sent = call("putEvents", {
    Entries: [{ EventBusName: "orders", Source: "shop", DetailType: "t", Detail: { n: 1 }, Time: start }],
  });
  expect(sent.FailedEntryCount).toBe(0);
  call("startReplay", {
    ReplayName: "again",
    EventSourceArn: `${home}:archive/kept`,
    EventStartTime: start,
    EventEndTime: new Date("2026-01-02T00:00:00Z"),
    Destination: { Arn: `${home}:event-bus/orders` },
  });
  expect(call("describeReplay", { ReplayName: "again" }).EventStartTime).toEqual(start);
  expect(call("listReplays", {}).Replays).toHaveLength(1);
  call("cancelReplay", { ReplayName: "again" });
  call("deleteArchive", { ArchiveName: "kept" });

  const connection = call("createConnection", {
    Name: "web",
    AuthorizationType: "API_KEY",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "x-key", ApiKeyValue: "hush" } },
  });
  call("updateConnection", { Name: "web", Description: "the web" });
  expect(JSON.stringify(call("describeConnection", { Name: "web" }))).not.toContain("hush");
  expect(call("listConnections").Connections).toHaveLength(1);
  call("createApiDestination", {
    Name: "hook",
    ConnectionArn: connection.ConnectionArn,
    InvocationEndpoint: "https://example.com/hook",
    HttpMethod: "POST",
  });
  call("updateApiDestination", { Name: "hook", InvocationRateLimitPerSecond: 5 });
  expect(call("describeApiDestination", { Name: "hook" }).InvocationRateLimitPerSecond).toBe(5);
  expect(call("listApiDestinations").ApiDestinations).toHaveLength(1);
  call("deauthorizeConnection", { Name: "web" });
  call("deleteApiDestination", { Name: "hook" });
  call("deleteConnection", { Name: "web" });

  call("createEndpoint", {
    Name: "global",
    RoutingConfig: {
      FailoverConfig: {
        Primary: { HealthCheck: "arn:aws:route53:::healthcheck/a" },
        Secondary: { Route: "us-west-2" },
      },
    },
    ReplicationConfig: { State: "DISABLED" },
    EventBuses: ["us-east-1", "us-west-2"].map((region) => ({
      EventBusArn: `arn:aws:events:${region}:123456789012:event-bus/orders`,
    })),
  });
  call("updateEndpoint", { Name: "global", Description: "both" });
  expect(call("describeEndpoint", { Name: "global" }).EndpointId).toMatch(/^[a-z0-9]+\.[a-z0-9]+$/);
  expect(call("listEndpoints").Endpoints).toHaveLength(1);
  call("deleteEndpoint", { Name: "global" });

  call("createPartnerEventSource", { Name: partner, Account: "123456789012" });
  expect(call("describeEventSource", { Name: partner }).State).toBe("PENDING");
  call("createEventBus", { Name: partner, EventSourceName: partner });
  call("deactivateEventSource", { Name: partner });
  call("activateEventSource", { Name: partner });
  expect(call("listEventSources").EventSources).toHaveLength(1);
  expect(call("describePartnerEventSource", { Name: partner }).Name).toBe(partner);
  expect(call("listPartnerEventSources", { NamePrefix: "aws.partner/example.com/" }).PartnerEventSources).toHaveLength(
    1,
  );
  expect(call("listPartnerEventSourceAccounts", { EventSourceName: partner }).PartnerEventSourceAccounts).toHaveLength(
    1,
  );
  const put = call("putPartnerEvents", { Entries: [{ Source: partner, DetailType: "t", Detail: {} }] });
  expect(put.FailedEntryCount).toBe(0);
  call("deletePartnerEventSource", { Name: partner, Account: "123456789012" });

  call("removeTargets", { Rule: "placed", EventBusName: "orders", Ids: ["queue"] });
  call("deleteRule", { Name: "placed", EventBusName: "orders" });
  call("deleteEventBus", { Name: "orders" });
  expect(methods.filter((name) => !["destroy", "send"].includes(name) && !called.has(name))).toEqual([]);
});
