// The state file of `ebsim serve` under kills and races: it is whole at any time, and one server's alone.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Simulator } from "eventbridge-sim";
import { createServer } from "eventbridge-sim/server";
import { afterAll, expect, test, vi } from "vitest";

// Each test starts processes, which takes a while where others do too.
vi.setConfig({ testTimeout: 120_000 });

const cli = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ebsim-state-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

interface Serving {
  child: ChildProcess;
  /** Where it listens, or what it said when it ended. */
  begun: Promise<{ url: string } | { err: string }>;
  ended: Promise<unknown>;
}

function serving(state: string): Serving {
  const child = spawn(process.execPath, [cli, "serve", "--port", "0", "--state", state]);
  children.push(child);
  const ended = new Promise((resolve) => child.on("close", resolve));
  let [out, err] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const begun = new Promise<{ url: string } | { err: string }>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const [url] = /http:\S+/.exec(out) ?? [];
      if (url !== undefined) resolve({ url });
    });
    child.on("close", () => resolve({ err }));
  });
  return { child, begun, ended };
}

async function urlOf({ begun }: Serving): Promise<string> {
  const how = await begun;
  if ("err" in how) throw new Error(how.err);
  return how.url;
}

async function call(url: string, operation: string, input: object): Promise<unknown> {
  const headers = { "x-amz-target": `AWSEvents.${operation}` };
  return (await fetch(url, { method: "POST", headers, body: JSON.stringify(input) })).json();
}

test("a server that is killed at any moment leaves a whole file, and the next one goes on from it", async () => {
  const state = join(scratch, "killed.json");
  let before = 0;
  // A file is written half a second after a change: before that, about then, and when it has been.
  for (const [round, wait] of [0, 480, 500, 520, "written" as const].entries()) {
    const server = serving(state);
    const url = await urlOf(server);
    const { EventBuses: kept } = (await call(url, "ListEventBuses", {})) as { EventBuses: object[] };
    expect(kept.length).toBeGreaterThanOrEqual(before);
    for (let index = 0; index < 20; index += 1) await call(url, "CreateEventBus", { Name: `bus-${round}-${index}` });
    if (wait === "written") {
      await expect.poll(() => readFileSync(state, "utf8"), { timeout: 30_000 }).toContain(`bus-${round}-19`);
    } else await new Promise((resolve) => setTimeout(resolve, wait));
    server.child.kill("SIGKILL");
    await server.ended;
    before = kept.length + (wait === "written" ? 20 : 0);
  }
  const last = serving(state);
  const { EventBuses: buses } = (await call(await urlOf(last), "ListEventBuses", {})) as { EventBuses: object[] };
  expect(buses.length).toBeGreaterThanOrEqual(before);
  last.child.kill("SIGTERM");
  await last.ended;
  expect(JSON.parse(readFileSync(state, "utf8"))).toMatchObject({ version: 1 });
  expect(readdirSync(scratch).filter((name) => name.startsWith("killed"))).toEqual(["killed.json"]);
});

test("of servers that start at once beside the lock of a dead one, one gets the file", async () => {
  const state = join(scratch, "raced.json");
  writeFileSync(`${state}.lock`, "999999999");
  const servers = Array.from({ length: 4 }, () => serving(state));
  const begun = await Promise.all(servers.map((server) => server.begun));
  expect(begun.filter((how) => "url" in how)).toHaveLength(1);
  for (const how of begun) if ("err" in how) expect(how.err).toMatch(/another server \(process \d+\) keeps its state/);
  for (const { child, ended } of servers) {
    child.kill("SIGTERM");
    await ended;
  }
  expect(readdirSync(scratch).filter((name) => name.startsWith("raced"))).toEqual(["raced.json"]);
});

test("what a killed server had half written is cleared away", async () => {
  const state = join(scratch, "torn.json");
  writeFileSync(`${state}.4711.tmp`, "{");
  const server = createServer(new Simulator(), { state });
  await server.close();
  expect(readdirSync(scratch).filter((name) => name.startsWith("torn"))).toEqual(["torn.json"]);
});

test("a folder that there is not is told", () => {
  const state = join(scratch, "none", "x.json");
  expect(() => createServer(new Simulator(), { state })).toThrow(/cannot be written: there is no such folder/);
});
