// Load on loopback: 200 connections that are kept, mixed requests, and beside them bodies cut short, bodies too large and
// clients that never finish. `npm run load` runs all 100,000; otherwise a smaller form of the same.
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const isFull = process.env.EBSIM_LOAD === "full";
const total = isFull ? 100_000 : 6_000;
const connections = 200;
const cli = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));

const server = spawn(process.execPath, [cli, "serve", "--port", "0"]);
const ended = new Promise<number | null>((resolve) => server.on("close", resolve));
let url = "";

beforeAll(async () => {
  url = await new Promise((resolve, reject) => {
    server.stdout.setEncoding("utf8").on("data", (text: string) => resolve(/http:\S+/.exec(text)?.[0] ?? ""));
    server.on("close", () => reject(new Error("the server did not start")));
  });
}, 60_000);
afterAll(() => void server.kill("SIGKILL"));

/** What is asked, and what must be answered. */
interface Ask {
  operation: string;
  body: string;
  status: number;
  code?: string;
}

const events = JSON.stringify({
  Entries: [1, 2].map((n) => ({
    Source: "shop",
    DetailType: "Order",
    Detail: JSON.stringify({ n, pad: "x".repeat(400) }),
  })),
});
const target = { Id: "q", Arn: "arn:aws:sqs:us-east-1:123456789012:orders" };

function askOf(index: number): Ask {
  const rule = `rule-${index % 50}`;
  const asks: Ask[] = [
    { operation: "PutEvents", body: events, status: 200 },
    { operation: "PutEvents", body: events, status: 200 },
    { operation: "PutEvents", body: events, status: 200 },
    { operation: "PutEvents", body: events, status: 200 },
    { operation: "ListRules", body: '{"Limit":10}', status: 200 },
    { operation: "PutRule", body: JSON.stringify({ Name: rule, EventPattern: '{"source":["shop"]}' }), status: 200 },
    { operation: "DescribeRule", body: '{"Name":"nope"}', status: 400, code: "ResourceNotFoundException" },
    { operation: "DescribeRule", body: '{"Name":', status: 400, code: "SerializationException" },
    { operation: "Nope", body: "{}", status: 400, code: "UnknownOperationException" },
    { operation: "ListEventBuses", body: "{}", status: 200 },
  ];
  return asks[index % asks.length] as Ask;
}

interface Answered {
  status: number;
  body: string;
}

function post(agent: Agent, { operation, body }: Pick<Ask, "operation" | "body">): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { "x-amz-target": `AWSEvents.${operation}`, "content-length": Buffer.byteLength(body) };
    const asked = request(url, { method: "POST", headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** A client that breaks off, or never goes on, in the middle of its body. */
function misbehave(how: "cut" | "hang"): () => void {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname, () => {
    socket.write(
      "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AWSEvents.PutEvents\r\nContent-Length: 500\r\n\r\n{",
    );
    if (how === "cut") setTimeout(() => socket.destroy(), 20);
  });
  socket.on("error", () => undefined);
  return () => socket.destroy();
}

const memory = async (): Promise<number> =>
  ((await (await fetch(`${url}/_sim/health`)).json()) as { memory: number }).memory;

test(
  `${total} requests on ${connections} connections`,
  async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    await post(agent, { operation: "PutRule", body: '{"Name":"all","EventPattern":"{\\"source\\":[\\"shop\\"]}"}' });
    await post(agent, { operation: "PutTargets", body: JSON.stringify({ Rule: "all", Targets: [target] }) });
    const hanging = Array.from({ length: 20 }, () => misbehave("hang"));
    const wrong: string[] = [];
    const times: number[] = [];
    let next = 0;
    const one = async (): Promise<void> => {
      while (next < half) {
        const index = next;
        next += 1;
        if (index % 100 === 0) misbehave("cut");
        const ask = askOf(index);
        const begun = performance.now();
        const { status, body } = await post(agent, ask);
        times.push(performance.now() - begun);
        const code = status >= 400 ? (JSON.parse(body) as { __type: string }).__type : undefined;
        if (status !== ask.status || code !== ask.code) wrong.push(`${ask.operation}: ${status} ${body.slice(0, 200)}`);
      }
    };
    const begun = performance.now();
    const memories: number[] = [];
    // What is kept (the record, the journal) fills in the first half; in the second it must not grow.
    let half = 0;
    for (const share of [0.5, 0.75, 1]) {
      half = total * share;
      await Promise.all(Array.from({ length: connections }, one));
      memories.push(await memory());
    }
    const seconds = (performance.now() - begun) / 1000;
    const oversized = await Promise.all(
      Array.from({ length: 10 }, () =>
        post(new Agent(), { operation: "PutEvents", body: "x".repeat(3_000_000) }).catch(() => undefined),
      ),
    );
    for (const stop of hanging) stop();
    expect(wrong.slice(0, 5)).toEqual([]);
    // Who sends on while being refused may see the connection end instead of the answer.
    for (const answered of oversized) if (answered !== undefined) expect(answered.status).toBe(413);
    expect((await post(agent, { operation: "ListRules", body: "{}" })).status).toBe(200);
    agent.destroy();
    times.sort((one, other) => one - other);
    const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
    const megabytes = memories.map((bytes) => `${(bytes / 1e6).toFixed(0)} MB`).join(", ");
    console.log(
      `${total} requests in ${seconds.toFixed(1)} s: ${(total / seconds).toFixed(0)} a second, median ${at(0.5)} ms, 99 % within ${at(0.99)} ms; memory ${megabytes}`,
    );
    if (isFull) expect(memories[2] ?? 0).toBeLessThan((memories[0] ?? 0) * 1.3);
  },
  30 * 60_000,
);

test("afterwards it still ends cleanly", async () => {
  server.kill("SIGTERM");
  expect(await ended).toBe(0);
});
