// boto3 and the AWS CLI, from PyPI, against the server: the same walks, their own exceptions and pages.
// PYTHON is one that has both; scripts/setup/python.mjs makes it.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Simulator } from "eventbridge-sim";
import { createServer } from "eventbridge-sim/server";
import { describe, expect, test } from "vitest";
import { check, type Result, type Saved, type Walk, walks } from "./walk.js";

const python = process.env.PYTHON ?? fileURLToPath(new URL("../../target/clients-venv/bin/python", import.meta.url));
const script = fileURLToPath(new URL("walk.py", import.meta.url));

async function walkWith(client: "boto3" | "cli", { steps }: Walk): Promise<void> {
  const server = createServer(new Simulator({ delays: "prompt" }));
  const results = await answers([script, client, await server.listen(0)], JSON.stringify(steps));
  await server.close();
  expect(results).toHaveLength(steps.length);
  const saved: Saved = new Map();
  for (const [index, step] of steps.entries()) check(step, results[index] ?? {}, saved);
}

/** The server is in this process, so Python must not be waited for synchronously. */
function answers(args: string[], input: string): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args);
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) reject(new Error(`${args.join(" ")} ended with ${code}\n${err}`));
      else
        resolve(
          out
            .split("\n")
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Result),
        );
    });
    child.stdin.end(input);
  });
}

describe.each(["boto3", "cli"] as const)("%s", (client) => {
  test.each(walks.map((walk) => [walk.title, walk] as const))("%s", (_, walk) => walkWith(client, walk));
});
