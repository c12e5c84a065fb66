// The recipes for other languages, as they are printed, against a server. (Those in JavaScript run with the other documents.)
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Simulator } from "eventbridge-sim";
import { createServer } from "eventbridge-sim/server";
import { expect, test } from "vitest";
import { capture } from "../../scripts/lib/run.mjs";

const python = process.env.PYTHON ?? fileURLToPath(new URL("../../target/clients-venv/bin/python", import.meta.url));
const recipes = readFileSync(new URL("../../www/reference/recipes.md", import.meta.url), "utf8");

function block(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(recipes) ?? [];
  if (code === undefined) throw new Error(`recipes.md has no block of ${language}`);
  return code;
}

/** Runs a recipe against a server of its own, with the environment that the recipe speaks of; gives what it prints. */
async function printed(command: string, args: string[]): Promise<string> {
  const server = createServer(new Simulator());
  const env = {
    AWS_ENDPOINT_URL: await server.listen(0),
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_PAGER: "",
    // `aws` is the one beside this Python.
    PATH: `${dirname(python)}:${process.env.PATH ?? ""}`,
  };
  const { code, stdout, stderr } = await capture(command, args, { env });
  await server.close();
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout;
}

test("boto3", async () => {
  expect(await printed(python, ["-c", block("python")])).toBe("Rule nope does not exist on EventBus default.\n");
});

test.runIf(process.platform !== "win32")("the AWS CLI", async () => {
  expect(await printed("sh", ["-e", "-c", block("sh")])).toBe(block("text"));
});
