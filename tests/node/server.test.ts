// The server over real sockets: the protocol's edges, who may ask, the `/_sim/` endpoints, and the end of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer as createHttpServer, type IncomingHttpHeaders, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-eventbridge";
import { Simulator, type TraceNode } from "eventbridge-sim";
import { createServer, type ServerOptions, type SimulatorServer, type StreamMessage } from "eventbridge-sim/server";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 30_000 });

const scratch = mkdtempSync(join(tmpdir(), "ebsim-server-"));
const open: SimulatorServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function started(
  options: ServerOptions = {},
  simulator = new Simulator(),
): Promise<{ url: string; simulator: Simulator; server: SimulatorServer }> {
  const server = createServer(simulator, options);
  open.push(server);
  return { url: await server.listen(0), simulator, server };
}

interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request as Node sends it, any header allowed. */
function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | string[]; agent?: Agent } = {},
): Promise<Answered> {
  const { method = "GET", headers = {}, body = "", agent } = options;
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, ...(agent && { agent }) }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on("error", reject);
    for (const part of [body].flat()) asked.write(part);
    asked.end();
  });
}

const target = (operation: string): Record<string, string> => ({ "x-amz-target": `AWSEvents.${operation}` });
const call = (url: string, operation: string, input: object): Promise<Answered> =>
  ask(url, { method: "POST", headers: target(operation), body: JSON.stringify(input) });
const json = ({ body }: Answered): unknown => JSON.parse(body) as unknown;

const chunked = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AWSEvents.ListRules\r\nTransfer-Encoding: chunked\r\n\r\n`;

/** What comes back on a raw connection until it closes. */
function raw(url: string, text: string): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.setEncoding("utf8").on("data", (chunk) => (answer += chunk));
    socket.on("error", reject).on("close", () => resolve(answer));
  });
}

describe("the protocol", () => {
  test("an answer has the service's headers", async () => {
    const { url } = await started();
    const { status, headers } = await call(url, "ListRules", {});
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "content-type": "application/x-amz-json-1.1", "content-length": "12" });
    expect(headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("an error has its type in the body and in a header", async () => {
    const { url } = await started();
    const answered = await call(url, "DescribeRule", { Name: "nope" });
    expect(answered.status).toBe(400);
    expect(answered.headers["x-amzn-errortype"]).toBe("ResourceNotFoundException");
    expect(json(answered)).toMatchObject({
      __type: "ResourceNotFoundException",
      message: "Rule nope does not exist on EventBus default.",
    });
  });

  test.each<[string, Record<string, string>, string, string]>([
    ["no target", {}, "{}", "UnknownOperationException"],
    ["another service's target", { "x-amz-target": "AmazonSQS.SendMessage" }, "{}", "UnknownOperationException"],
    ["an operation that is none", target("PutRulez"), "{}", "UnknownOperationException"],
    ["a body that is no JSON", target("ListRules"), '{"a":', "SerializationException"],
    ["a body that is a number", target("ListRules"), "1", "SerializationException"],
  ])("%s is refused", async (_, headers, body, code) => {
    const { url } = await started();
    const answered = await ask(url, { method: "POST", headers, body });
    expect(answered.status).toBe(400);
    expect(json(answered)).toMatchObject({ __type: code });
  });

  test("a body that is not UTF-8 is refused", async () => {
    const { url } = await started();
    const answer = await fetch(url, {
      method: "POST",
      headers: target("ListRules"),
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect(await answer.json()).toMatchObject({ __type: "SerializationException" });
  });

  test("a chunked body is read whole", async () => {
    const { url, simulator } = await started();
    const body = ['{"Name":"in-', "pieces", '"}'];
    const { status } = await ask(url, {
      method: "POST",
      headers: { ...target("CreateEventBus"), "transfer-encoding": "chunked" },
      body,
    });
    expect(status).toBe(200);
    expect(simulator.describeEventBus({ Name: "in-pieces" }).Name).toBe("in-pieces");
  });

  test("a connection serves many requests", async () => {
    const { url, server } = await started();
    let connections = 0;
    server.server.on("connection", () => (connections += 1));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 5; count += 1) {
      const answered = await ask(url, {
        method: "POST",
        headers: target(count === 2 ? "Nope" : "ListRules"),
        body: "{}",
        agent,
      });
      expect(answered.headers.connection).toBe("keep-alive");
    }
    agent.destroy();
    expect(connections).toBe(1);
  });

  test("the real client: scope, exceptions", async () => {
    const { url } = await started();
    const credentials = { accessKeyId: "210987654321", secretAccessKey: "x" };
    const client = new EventBridgeClient({ endpoint: url, region: "eu-west-1", credentials });
    const error: unknown = await client.send(new DescribeRuleCommand({ Name: "r" })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect((await client.send(new ListRulesCommand({}))).Rules).toEqual([]);
    client.destroy();
  });
});

describe("bodies and clients that misbehave", () => {
  test.each([
    ["with", false],
    ["without", true],
  ] as const)("a body over the limit %s a length is refused", async (_, chunked) => {
    const { url } = await started({ maxBody: 1000 });
    const headers = {
      ...target("ListRules"),
      ...(chunked ? { "transfer-encoding": "chunked" } : { "content-length": "3000" }),
    };
    const answered = await ask(url, { method: "POST", headers, body: ["x".repeat(1500), "x".repeat(1500)] });
    expect(answered.status).toBe(413);
    expect(json(answered)).toMatchObject({ __type: "RequestEntityTooLargeException" });
    expect((await call(url, "ListRules", {})).status).toBe(200);
  });

  test("an encoded body is refused, not misread", async () => {
    const { url } = await started();
    const answered = await ask(url, {
      method: "POST",
      headers: { ...target("ListRules"), "content-encoding": "gzip" },
      body: "x",
    });
    expect(answered.status).toBe(415);
  });

  test("a body that is cut short changes nothing and breaks nothing", async () => {
    const { url, simulator } = await started();
    const { port, hostname } = new URL(url);
    const head = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AWSEvents.CreateEventBus\r\nContent-Length: 50\r\n\r\n`;
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`${head}{"Name":"half`, () => socket.destroy()),
      );
      socket.on("close", () => resolve());
    });
    expect((await call(url, "ListRules", {})).status).toBe(200);
    expect(simulator.listEventBuses().EventBuses).toHaveLength(1);
  });

  test("a client that is too slow gets 408 and is let go", async () => {
    const { url } = await started({ requestTimeout: 200 });
    const head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{";
    expect(await raw(url, head)).toMatch(/^HTTP\/1.1 408 .*RequestTimeoutException/s);
  });

  test.each([
    ["what is no HTTP", "hello\r\n\r\n", /^HTTP\/1.1 400 .*SerializationException/s],
    [
      "headers without end",
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
      /^HTTP\/1.1 431 .*headers are too large/s,
    ],
    ["a malformed chunk", `${chunked}zz\r\n{}\r\n0\r\n\r\n`, /^HTTP\/1.1 400 .*SerializationException/s],
    ["a length beside chunks", chunked.replace("\r\n\r\n", "\r\nContent-Length: 2\r\n\r\n"), /^HTTP\/1.1 400 /],
  ])("%s is answered and let go", async (_, text, answer) => {
    const { url } = await started();
    expect(await raw(url, text)).toMatch(answer);
    expect((await call(url, "ListRules", {})).status).toBe(200);
  });

  test.each(["//", "/%", "/..%2f..%2fpackage.json", "/_sim/", "/_sim/../health", "/assets/", "http://[::1"])(
    "the path %s breaks nothing",
    async (path) => {
      const { url } = await started();
      const answer = await raw(url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 (200|400|404) /);
      expect(answer).not.toContain('eventbridge-sim"');
    },
  );
});

test("a client that takes it for a proxy is served, and HEAD is GET without a body", async () => {
  const { url } = await started();
  const asked = (method: string): Promise<string> =>
    raw(url, `${method} http://localhost/_sim/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(await asked("GET")).toMatch(/^HTTP\/1.1 200 .*"status":"ok"/s);
  expect(await asked("HEAD")).toMatch(/^HTTP\/1.1 200 .*\r\n\r\n$/s);
});

describe("who may ask", () => {
  test.each([
    ["localhost:1", 200],
    ["127.0.0.1", 200],
    ["[::1]:4010", 200],
    ["events.localhost", 200],
    ["ebsim:4010", 200],
    ["evil.example", 403],
    ["localhost.evil.example", 403],
  ])("Host %s gets %i", async (host, status) => {
    const { url } = await started({ allowHosts: ["ebsim"] });
    expect((await ask(`${url}/_sim/health`, { headers: { host } })).status).toBe(status);
  });

  test("pages of other origins get nothing done unless they are allowed", async () => {
    const { url, simulator } = await started({ cors: ["http://good.example"] });
    simulator.createEventBus({ Name: "mine" });
    const evil = await ask(`${url}/_sim/reset`, { method: "POST", headers: { origin: "http://evil.example" } });
    expect(evil.status).toBe(403);
    expect(evil.headers).not.toHaveProperty("access-control-allow-origin");
    expect(simulator.listEventBuses().EventBuses).toHaveLength(2);
    const headers = { origin: "http://good.example", "access-control-request-headers": "x-amz-target" };
    const asked = await ask(url, { method: "OPTIONS", headers });
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": "http://good.example",
      "access-control-allow-headers": "x-amz-target",
    });
    expect((await ask(`${url}/_sim/reset`, { method: "POST", headers: { origin: url } })).status).toBe(200);
  });
});

describe("/_sim/", () => {
  const event = { source: "aws.ec2", "detail-type": "x", detail: { n: 1.5 } };

  test("events enter, and what came of them can be seen", async () => {
    const { url, simulator } = await started();
    simulator.createEventBus({ Name: "b" });
    simulator.putRule({ Name: "r", EventBusName: "b", EventPattern: { source: ["aws.ec2"] } });
    simulator.putTargets({
      Rule: "r",
      EventBusName: "b",
      Targets: [{ Id: "t", Arn: "arn:aws:sqs:us-east-1:123456789012:q" }],
    });
    const body = JSON.stringify([event, event]);
    const { eventIds } = json(await ask(`${url}/_sim/events?bus=b`, { method: "POST", body })) as {
      eventIds: string[];
    };
    expect(eventIds).toHaveLength(2);
    expect(json(await ask(`${url}/_sim/trace?eventId=${eventIds[1]}`))).toMatchObject([{ event: { id: eventIds[1] } }]);
    expect(json(await ask(`${url}/_sim/invocations?rule=r&outcome=delivered`))).toHaveLength(2);
    expect(json(await ask(`${url}/_sim/loops`))).toEqual([]);
    expect(json(await ask(`${url}/_sim/graph`))).toHaveProperty("nodes");
  });

  test("reset, clock, scenario, expect and snapshot", async () => {
    const { url, simulator } = await started();
    simulator.createEventBus({ Name: "b" });
    const scenario = (await ask(`${url}/_sim/scenario`)).body;
    const snapshot = (await ask(`${url}/_sim/snapshot`)).body;
    expect(json(await ask(`${url}/_sim/clock`, { method: "POST", body: '{"advance":"1h"}' }))).toEqual({
      now: "2026-01-01T01:00:00Z",
    });
    expect(json(await ask(`${url}/_sim/reset`, { method: "POST" }))).toEqual({ now: "2026-01-01T00:00:00Z" });
    expect(simulator.listEventBuses().EventBuses).toHaveLength(1);
    expect((await ask(`${url}/_sim/scenario`, { method: "POST", body: scenario })).status).toBe(200);
    expect(simulator.listEventBuses().EventBuses).toHaveLength(2);
    expect(json(await ask(`${url}/_sim/expect`, { method: "POST", body: '{"invocationCount":0}' }))).toMatchObject({
      failed: [],
    });
    await ask(`${url}/_sim/reset`, { method: "POST" });
    expect((await ask(`${url}/_sim/snapshot`, { method: "POST", body: snapshot })).status).toBe(200);
    expect(simulator.listEventBuses().EventBuses).toHaveLength(2);
  });

  test.each<[string, string, string, number, string]>([
    ["POST", "events", "{", 400, "not valid JSON"],
    ["POST", "events", "[1]", 400, "objects"],
    ["POST", "clock", "{}", 400, "where to"],
    ["POST", "clock", '{"advance":"soon"}', 400, "soon"],
    ["POST", "scenario", '{"version":1,"cals":[]}', 400, "cals"],
    ["POST", "snapshot", "{}", 400, "no snapshot"],
    ["GET", "invocations?rul=r", "", 400, "rul"],
    ["GET", "reset", "", 405, "POST reset"],
    ["GET", "trace?foo=1", "", 400, "no parameter `foo`"],
    ["GET", "invocations?foo=1", "", 400, "no parameter `foo`"],
    ["GET", "nope", "", 404, "nope"],
  ])("%s %s with `%s` is %i", async (method, name, body, status, words) => {
    const { url } = await started();
    const answered = await ask(`${url}/_sim/${name}`, { method, body });
    expect(answered.status).toBe(status);
    expect(answered.body).toContain(words);
  });

  test("the stream tells what happens while it happens", async () => {
    const { url } = await started();
    const control = new AbortController();
    const stream = await fetch(`${url}/_sim/stream`, { signal: control.signal });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    await call(url, "CreateEventBus", { Name: "b" });
    const put = await call(url, "PutEvents", { Entries: [{ Source: "a", DetailType: "b", Detail: "{}" }] });
    await ask(`${url}/_sim/reset`, { method: "POST" });
    const messages: StreamMessage[] = [];
    let text = "";
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      messages.splice(
        0,
        messages.length,
        ...[...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data) as StreamMessage),
      );
      if (messages.at(-1)?.kind === "reset") break;
    }
    control.abort();
    expect(messages.map(({ kind }) => kind)).toEqual(["operation", "world", "operation", "trace", "reset"]);
    const { Entries } = json(put) as { Entries: { EventId: string }[] };
    expect((messages[3] as { trace: TraceNode }).trace.event.id).toBe(Entries[0]?.EventId);
  });
});

describe("the page", () => {
  test("is served, knows that there is a server, and finds its engine", async () => {
    const { url } = await started();
    const { body, headers } = await ask(`${url}/`);
    expect(headers["content-type"]).toContain("text/html");
    expect(body).toContain('<meta name="ebsim-server"');
    const [script = ""] = /(?<=src="\.\/)assets\/[^"]*\.js/.exec(body) ?? [];
    expect((await ask(`${url}/${script}`)).headers["content-type"]).toContain("javascript");
    expect((await ask(`${url}/assets/engine_bg-x1y2.wasm`)).headers["content-type"]).toBe("application/wasm");
  });
});

describe("the host's clock", () => {
  test("drives the simulator, faster when told to, and goes on from where it was moved to", async () => {
    const simulator = new Simulator({ now: "2030-01-01T00:00:00Z" });
    const { url } = await started({ clock: "system", timeScale: 3600 }, simulator);
    await expect.poll(() => simulator.now() > "2030-01-01T00:10:00Z", { timeout: 5000 }).toBe(true);
    await ask(`${url}/_sim/clock`, { method: "POST", body: '{"runUntil":"2040-01-01T00:00:00Z"}' });
    await expect.poll(() => simulator.now() > "2040-01-01T00:10:00Z", { timeout: 5000 }).toBe(true);
  });
});

describe("deliveries to URLs", () => {
  test("post the input; what is not 2xx is a failure", async () => {
    const received: { body: string; rule: string | string[] | undefined }[] = [];
    const sink = createHttpServer((asked, answered) => {
      let body = "";
      asked.on("data", (chunk) => (body += String(chunk)));
      asked.on("end", () => {
        received.push({ body, rule: asked.headers["x-ebsim-rule"] });
        answered.writeHead(body.includes("bad") ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
    const { port } = sink.address() as AddressInfo;
    const { url, simulator } = await started({ deliver: [{ target: "*:ship", url: `http://127.0.0.1:${port}/ship` }] });
    simulator.putRule({ Name: "r", EventPattern: { source: ["a"] } });
    simulator.putTargets({
      Rule: "r",
      Targets: [{ Id: "t", Arn: "arn:aws:lambda:us-east-1:123456789012:function:ship", InputPath: "$.detail" }],
    });
    for (const detail of ['{"n":1.0}', '{"n":"bad"}']) {
      await call(url, "PutEvents", { Entries: [{ Source: "a", DetailType: "b", Detail: detail }] });
    }
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(2);
    await expect.poll(() => simulator.invocations({ outcome: "delivered" }).length).toBe(1);
    sink.close();
    expect(received[0]).toEqual({ body: '{"n":1.0}', rule: "arn:aws:events:us-east-1:123456789012:rule/r" });
    expect(JSON.stringify(simulator.invocations())).toContain("HTTP_500");
  });
});

describe("a state file", () => {
  test("keeps the world from one server to the next", async () => {
    const state = join(scratch, "kept.json");
    const first = await started({ state });
    await call(first.url, "CreateEventBus", { Name: "kept" });
    await expect.poll(() => readFileSync(state, { encoding: "utf8", flag: "a+" })).toContain("kept");
    await first.server.close();
    const second = await started({ state });
    expect(json(await call(second.url, "ListEventBuses", {}))).toMatchObject({
      EventBuses: [{ Name: "default" }, { Name: "kept" }],
    });
  });

  test("belongs to one server at a time; the lock of a dead process is taken over", async () => {
    const state = join(scratch, "locked.json");
    const first = await started({ state });
    expect(() => createServer(new Simulator(), { state })).toThrow(/another server .*locked\.json/);
    await first.server.close();
    writeFileSync(`${state}.lock`, "999999999");
    await started({ state });
  });

  test("of a newer version is refused and left as it is", () => {
    const state = join(scratch, "newer.json");
    const text = JSON.stringify({ ...new Simulator().snapshot(), version: 2 });
    writeFileSync(state, text);
    expect(() => createServer(new Simulator(), { state })).toThrow(/newer\.json.*version 2/);
    expect(readFileSync(state, "utf8")).toBe(text);
    expect(() => createServer(new Simulator(), { state })).toThrow(/version 2/);
  });
});

test("closing ends streams and idle connections", async () => {
  const { url, server } = await started();
  const agent = new Agent({ keepAlive: true });
  await ask(`${url}/_sim/health`, { agent });
  const stream = await fetch(`${url}/_sim/stream`);
  await server.close();
  expect(await stream.text()).toContain("retry");
  await expect(ask(`${url}/_sim/health`)).rejects.toThrow();
  agent.destroy();
});
