// `ebsim` as users run it: a process, its output and its exit code.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Scenario, Simulator } from "eventbridge-sim";
import { afterAll, describe, expect, test, vi } from "vitest";

// Each test starts processes, which takes a while where others do too.
vi.setConfig({ testTimeout: 60_000 });

const cli = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
const scenarios = fileURLToPath(new URL("../scenarios/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ebsim-cli-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function file(name: string, text: string, encoding: BufferEncoding = "utf8"): string {
  writeFileSync(join(scratch, name), text, encoding);
  return join(scratch, name);
}

function ebsim(args: readonly string[], input = ""): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    input,
    encoding: "utf8",
    cwd: scratch,
    maxBuffer: 1e9,
  });
  return { code: status, out: stdout, err: stderr };
}

const pattern = '{"source":["shop"],"detail":{"total":[{"numeric":[">",100]}]}}';
const event = (total: unknown): string => JSON.stringify({ source: "shop", detail: { total } });
const loop = join(scenarios, "s3-acl-loop.json");

describe("help", () => {
  test.each(["test", "match", "run", "check", "convert", "serve"])("of %s has its options and examples", (name) => {
    const { code, out } = ebsim([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^usage: ebsim /m);
    expect(out).toMatch(/^options:$/m);
    expect(out).toMatch(new RegExp(`^examples:\n(  .*\n)*  .*ebsim ${name}`, "m"));
  });

  test("the version is the engine's", () => {
    const { version } = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect(ebsim(["--version"]).out).toBe(`${version}\n`);
  });
});

describe("exit codes and words", () => {
  test.each<[string, string[], number, RegExp]>([
    ["a match", ["test", "-p", pattern, "-e", event(250)], 0, /^matches\n {2}ok {2}source/],
    ["no match", ["test", "-p", pattern, "-e", event("250")], 1, /no {2}detail\.total: .*\n.*number/],
    ["quiet", ["test", "-q", "-p", pattern, "-e", event(1)], 1, /^$/],
    ["as JSON", ["test", "--json", "-p", pattern, "-e", event(250)], 0, /"matches": true/],
    [
      "a pattern that is none",
      ["test", "-p", '{"a":[{"numeric":[">","1"]}]}', "-e", "{}"],
      2,
      /line 1, column 23\n.*\n.*\n.*\^\n.*help: remove the quotes/,
    ],
    ["an event that is none", ["test", "-p", pattern, "-e", '{"source":"shop'], 2, /--> the event, line 1, column 11/],
    ["a file that is not there", ["test", "-p", "no.json", "-e", "{}"], 2, /^error: there is no file `no.json`/],
    ["nothing", ["test"], 2, /^error: the pattern is missing/],
    ["an option that is none", ["test", "--patern", "x"], 2, /--patern/],
    ["a command that is none", ["tset"], 2, /there is no command `tset`/],
    ["a scenario that holds", ["run", loop], 0, /11 of 11 expectations hold\n.*aws\.s3/],
    ["a scenario as JSON", ["run", "--json", loop], 0, /^\{"trace":\[/],
    [
      "a scenario that is none",
      ["run", '{"version":1,"cals":[]}'],
      2,
      /cals.*\n {2}--> the scenario, line 1, column 14/,
    ],
    ["loops", ["check", loop], 1, /code: loop-proven\n1 file checked: 1 error, \d+ warnings?, \d+ hints?\n/],
    ["no findings", ["check", join(scenarios, "s3-acl-cure.json")], 0, /1 file checked: 0 errors/],
    ["findings as JSON", ["check", "--format", "json", loop], 1, /"code": "loop-proven"/],
    ["a template", ["check", file("template.json", '{"Resources":{}}')], 2, /is no scenario/],
    [
      "a scenario that is no JSON",
      ["check", file("torn.json", '{\n"version": 1,\n"calls": [}')],
      1,
      /scenario is not valid JSON\n.*torn.json, line 3, column 11/,
    ],
    ["findings as SARIF", ["check", "--format", "sarif", loop], 1, /"ruleId": "loop-proven"/],
    ["a format that there is not", ["check", "--format", "xml", loop], 2, /there is no format `xml`/],
    ["a command that there is not", ["tset"], 2, /no command `tset`\n.*there are test, match, /],
    ["an option that there is not", ["test", "--foo"], 2, /^error: test: Unknown option '--foo'\n.*--help/],
    ["a file that there is not", ["run", "nofile.json"], 2, /^error: there is no file `nofile.json`\n.*`-`/],
    ["events that there are not", ["match", "-r", "{}", "-e", "nofile"], 2, /^error: there is no file `nofile`/],
    ["a folder", ["check", "."], 2, /^error: `\.` is a folder/],
    ["an empty file", ["test", "-p", file("empty.json", "\r\n"), "-e", "{}"], 2, /^error: `.*empty.json` is empty\n$/],
    ["UTF-16", ["test", "-p", file("utf16.json", "\ufeff{}", "utf16le"), "-e", "{}"], 2, /is UTF-16\n.*UTF-8/],
    ["bytes that are no text", ["test", "-p", file("bytes.json", "\xff{}", "latin1"), "-e", "{}"], 2, /is no UTF-8/],
    ["a BOM and CRLF", ["test", "-p", file("bom.json", '\ufeff{\r\n"a":[1]}\r\n'), "-e", '{"a":1}'], 0, /^matches/],
    ["rules that are not given", ["match", "-e", "x"], 2, /the rules are missing/],
    [
      "a file of a command that there is not",
      ["convert", "--to", "scenario", file("no.sh", "aws events put-rule --cli-input-json file://no")],
      2,
      /line 1: there is no file `no`/,
    ],
    ["a format that is not there yet", ["convert", "--to", "terraform", loop], 2, /`terraform` is not written yet/],
    ["rules that are none", ["match", "-r", "[]", "-e", "x"], 2, /rules are an object/],
    ["a rule that is none", ["match", "-r", '{"x":{"a":1}}', "-e", "x"], 2, /rule `x`: /],
    ["a delivery that is none", ["serve", "--deliver", "x"], 2, /`x` is no delivery/],
    ["a port that is none", ["serve", "--port", "99999"], 2, /`99999` is no port/],
  ])("%s", (_, args, code, words) => {
    const { code: found, out, err } = ebsim(args);
    expect(out + err).toMatch(words);
    expect(found).toBe(code);
    // Results on stdout, what went wrong on stderr.
    expect(code === 2 ? out : err).toBe("");
  });

  test("standard input serves as any of the inputs, once", () => {
    expect(ebsim(["test", "-p", "-", "-e", event(250)], pattern).code).toBe(0);
    expect(ebsim(["test", "-p", pattern, "-e", "-"], event(1)).code).toBe(1);
    expect(ebsim(["run", "-"], readFileSync(loop, "utf8")).code).toBe(0);
    expect(ebsim(["test", "-p", "-", "-e", "-"], pattern)).toMatchObject({
      code: 2,
      err: expect.stringContaining("only once") as string,
    });
  });

  test("a scenario whose expectations fail says which", () => {
    const scenario = file("fails.json", JSON.stringify({ version: 1, calls: [], expect: { invocationCount: 1 } }));
    expect(ebsim(["run", scenario])).toMatchObject({
      code: 1,
      out: expect.stringContaining("FAILED invocationCount: expected 1, found 0") as string,
    });
  });

  test("whoever closes the pipe early does not see a stack", () => {
    const command = `"${process.execPath}" "${cli}" match -r '{"x":{"a":[1]}}' -e - | head -1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", command], {
      input: '{"a":1}\n'.repeat(200_000),
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(['["x"]\n', ""]);
  });
});

describe("match", () => {
  const rules = JSON.stringify({
    large: { n: [{ numeric: [">", 90] }] },
    all: { n: [{ exists: true }] },
    text: '{"n":["x"]}',
  });
  const events = Array.from({ length: 30_000 }, (_, n) => JSON.stringify({ n: n % 100, pad: "x".repeat(60) })).join(
    "\n",
  );
  const wanted = Array.from({ length: 30_000 }, (_, n) => (n % 100 > 90 ? '["large","all"]' : '["all"]'));

  test.each(["1", "3"])("gives the names in the order of the events, with %s jobs", (jobs) => {
    const { code, out } = ebsim(["match", "-r", rules, "-e", file("events.jsonl", events), "-j", jobs]);
    expect(code).toBe(0);
    expect(out.split("\n").slice(0, -1)).toEqual(wanted);
  });

  test("counts", () => {
    const { out } = ebsim(["match", "-r", rules, "-e", "-", "--count", "-j", "2"], `${events}\n\n`);
    expect(JSON.parse(out)).toEqual({
      rules: 3,
      events: 30_000,
      matches: 32_700,
      build_s: expect.any(Number) as number,
      ns_per_event: expect.any(Number) as number,
    });
  });

  test.each(["1", "3"])("a line that is no event is named, with %s jobs", (jobs) => {
    const lines = events.split("\n");
    lines.splice(20_000, 0, "", '{"n":');
    const { code, err } = ebsim(["match", "-r", rules, "-e", "-", "-j", jobs], lines.join("\n"));
    expect(code).toBe(2);
    expect(err).toContain("line 20002 of `-`: event is not valid JSON");
  });

  test("a file larger than the memory it may have", () => {
    const big = file("big.jsonl", `${JSON.stringify({ n: 1, pad: "x".repeat(1000) })}\n`.repeat(100_000));
    const out = execFileSync(
      process.execPath,
      ["--max-old-space-size=64", cli, "match", "-r", rules, "-e", big, "--count"],
      { encoding: "utf8" },
    );
    expect(JSON.parse(out)).toMatchObject({ events: 100_000, matches: 100_000 });
  });
});

describe("convert", () => {
  const worlds = readdirSync(scenarios).filter((name) => name.endsWith(".json"));

  test.each(worlds)("the calls of %s survive the way to commands and back", (name) => {
    const before = JSON.parse(readFileSync(join(scenarios, name), "utf8")) as Scenario;
    const commands = ebsim(["convert", "--to", "cli", join(scenarios, name)]);
    expect(commands.err).toBe("");
    const calls = before.calls.concat((before.steps ?? []).flatMap((step) => ("call" in step ? [step.call] : [])));
    if (calls.length === 0) return;
    // Accounts that only `options` name are not in the commands.
    if (before.options !== undefined) return;
    const { out, err } = ebsim(["convert", "--to", "scenario", "-"], commands.out);
    expect(err).toBe("");
    const after = JSON.parse(out) as Scenario;
    const bare = ({ operation, input, account, region }: Scenario["calls"][number]): object => ({
      operation,
      input: input ?? {},
      account,
      region,
    });
    expect(after.calls.filter(({ operation }) => operation !== "PutEvents").map(bare)).toEqual(
      calls.filter(({ operation }) => operation !== "PutEvents").map(bare),
    );
  });

  test("commands as people write them", () => {
    const script = `#!/bin/bash
# set up
set -e
aws events create-event-bus --name shop --region us-east-1 \\
  --description "Bob's \\"bus\\""   # the bus
export AWS_PAGER=''
aws --output json events put-rule --name paid --event-bus-name shop --event-pattern '{"source":["shop"]}' && \\
aws events put-targets --rule paid --event-bus-name shop --targets Id=q,Arn=arn:aws:sqs:us-east-1:123456789012:q "Id=l,Arn=arn:aws:lambda:us-east-1:123456789012:function:l"
AWS_ACCESS_KEY_ID=210987654321 aws events list-rules --limit 5
aws events put-events --entries '[{"Source":"shop","DetailType":"x","Detail":"{}","EventBusName":"shop"}]'
`;
    const { out, err } = ebsim(["convert", "--to", "scenario", "-"], script);
    expect(err).toBe("");
    expect(JSON.parse(out)).toEqual({
      version: 1,
      calls: [
        { operation: "CreateEventBus", input: { Name: "shop", Description: `Bob's "bus"` }, region: "us-east-1" },
        { operation: "PutRule", input: { Name: "paid", EventBusName: "shop", EventPattern: '{"source":["shop"]}' } },
        {
          operation: "PutTargets",
          input: {
            Rule: "paid",
            EventBusName: "shop",
            Targets: [
              { Id: "q", Arn: "arn:aws:sqs:us-east-1:123456789012:q" },
              { Id: "l", Arn: "arn:aws:lambda:us-east-1:123456789012:function:l" },
            ],
          },
        },
        { operation: "ListRules", input: { Limit: 5 }, account: "210987654321" },
      ],
      events: [{ Source: "shop", DetailType: "x", Detail: "{}", EventBusName: "shop" }],
    });
  });

  test.each([
    ["variables", 'aws events put-rule --name "$NAME"', "variables"],
    ["an open quote", "aws events put-rule --name 'x", "quote is not closed"],
    [
      "a call that is refused",
      "aws events put-targets --rule nope --targets Id=a,Arn=b",
      "the call of `PutTargets` fails",
    ],
    ["no commands", "echo hello", "no `aws events` commands"],
  ])("%s are refused in words", (_, script, words) => {
    expect(ebsim(["convert", "--to", "scenario", "-"], script)).toMatchObject({
      code: 2,
      err: expect.stringContaining(words) as string,
    });
  });
});

describe("serve", () => {
  /** Starts `ebsim serve` and gives its address. */
  async function serving(
    args: string[],
  ): Promise<{ url: string; end(signal: NodeJS.Signals): Promise<number | null>; err(): string }> {
    const child = spawn(process.execPath, [cli, "serve", "--port", "0", ...args], { cwd: scratch });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    let [out, err] = ["", ""];
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding("utf8").on("data", (text) => {
        out += text;
        const [address] = /http:\S+/.exec(out) ?? [];
        if (address !== undefined) resolve(address);
      });
      child.on("close", () => reject(new Error(err)));
    });
    const end = (signal: NodeJS.Signals): Promise<number | null> => {
      child.kill(signal);
      return ended;
    };
    return { url, err: () => err, end };
  }

  const call = (url: string, operation: string, input: object): Promise<unknown> =>
    fetch(url, {
      method: "POST",
      headers: { "x-amz-target": `AWSEvents.${operation}` },
      body: JSON.stringify(input),
    }).then((answer) => answer.json());

  test("serves until it is told to end, says each request, and shows the host's time", async () => {
    const { url, end, err } = await serving(["--verbose", "--region", "eu-west-1", "--scenario", loop]);
    const { Rules } = (await call(url, "ListRules", {})) as { Rules: unknown[] };
    expect(Rules).toHaveLength(1);
    await call(url, "DescribeRule", { Name: "nope" });
    const { now } = (await (await fetch(`${url}/_sim/health`)).json()) as { now: string };
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    expect(await end("SIGTERM")).toBe(0);
    expect(err()).toMatch(/ListRules 200 .*\n.*DescribeRule 400 /);
  });

  test("a server that is killed loses at most the last second", async () => {
    const state = join(scratch, "world.json");
    const first = await serving(["--state", state]);
    await call(first.url, "CreateEventBus", { Name: "kept" });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await first.end("SIGKILL");
    const second = await serving(["--state", state]);
    expect(await call(second.url, "DescribeEventBus", { Name: "kept" })).toMatchObject({ Name: "kept" });
    await call(second.url, "CreateEventBus", { Name: "late" });
    expect(await second.end("SIGINT")).toBe(0);
    const simulator = new Simulator();
    simulator.restore(readFileSync(state, "utf8"));
    expect(simulator.listEventBuses().EventBuses?.map(({ Name }) => Name)).toEqual(["default", "kept", "late"]);
  });
});
