// Loading where the engine cannot be there at import. The browser's entry shares this code (src/js/start.ts).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
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
