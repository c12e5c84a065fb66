// Loading where the engine cannot be there at import. The browser's entry shares this code (src/js/start.ts).
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import type { EngineModule } from "../../src/js/engine.js";
import { startOnce } from "../../src/js/start.js";

const engine = () => ({}) as EngineModule;

test("init loads once, however often it is called", async () => {
  const load = vi.fn(() => Promise.resolve());
  const init = startOnce(engine(), load);
  await Promise.all([init(), init()]);
  await init();
  expect(load).toHaveBeenCalledTimes(1);
});

test("entries with one engine load it once", async () => {
  const load = vi.fn(() => Promise.resolve());
  const module = engine();
  await Promise.all([startOnce(module, load)(), startOnce(module, load)()]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("an init that failed may be tried again", async () => {
  const load = vi.fn(() => Promise.resolve());
  load.mockRejectedValueOnce(new Error("offline"));
  const init = startOnce(engine(), load);
  await expect(init()).rejects.toThrow("offline");
  await init();
  expect(load).toHaveBeenCalledTimes(2);
});

test("the slim entry refuses calls before init, and runs on bytes that one brings", async () => {
  vi.resetModules();
  const slim = await import("eventbridge-sim/slim");
  expect(() => slim.matches("{}", "{}")).toThrow(expect.objectContaining({ name: "NotInitialisedError" }) as Error);
  await slim.init(readFileSync(createRequire(import.meta.url).resolve("eventbridge-sim/engine.wasm")));
  expect(slim.matches('{"a":[1]}', '{"a":1}')).toBe(true);
});

test("CommonJS gets the same package", () => {
  const required = createRequire(import.meta.url)("eventbridge-sim") as typeof import("eventbridge-sim");
  expect(required.matches('{"a":[1]}', '{"a":1}')).toBe(true);
  expect(() => required.matches("", "{}")).toThrow(required.InvalidEventPatternException);
});

test("in Node an import compiles nothing; the first call does, once, from the bytes that were there at import", () => {
  const program = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    let compiled = 0;
    const Module = WebAssembly.Module;
    WebAssembly.Module = class extends Module { constructor(...args) { super(...args); compiled += 1; } };
    const { matches, Simulator } = await import("eventbridge-sim");
    const counts = [compiled];
    fs.readFileSync = () => { throw new Error("another file system"); };
    syncBuiltinESMExports();
    matches("{\\"a\\":[1]}", "{}");
    counts.push(compiled);
    new Simulator();
    counts.push(compiled);
    console.log(counts.join());
  `;
  expect(printed(program)).toBe("0,1,1");
});

test("an engine that another entry loads first is used as Node uses it: handlers are followed exactly", () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    import { Simulator } from "eventbridge-sim";
    import { init } from "eventbridge-sim/slim";
    await init(readFileSync(createRequire(import.meta.url).resolve("eventbridge-sim/engine.wasm")));
    const simulator = new Simulator();
    simulator.onInvoke("*", () => simulator.settle());
    simulator.putRule({ Name: "r", EventPattern: { source: ["a"] } });
    simulator.putTargets({ Rule: "r", Targets: [{ Id: "1", Arn: "arn:aws:lambda:us-east-1:123456789012:function:f" }] });
    const [{ error }] = simulator.send({ source: "a", detailType: "b", detail: {} }).invocations;
    console.log(error.message.slice(0, 25));
  `;
  // Only where handlers are followed exactly is that known to be one's own.
  expect(printed(program)).toBe("settle() within a handler");
});

function printed(program: string): string {
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  const args = ["--input-type=module", "--eval", program];
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8" }).trim();
}
