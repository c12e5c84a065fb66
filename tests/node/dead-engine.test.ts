// What the door to the engine does when the engine traps. No input can make it, so a module that traps stands in, and the
// door is tested as a source file; only a caller that has used up the stack can stop the built engine, at the end.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { EngineModule } from "../../src/js/engine.js";

type Door = typeof import("../../src/js/engine.js");

const trap = (): never => {
  throw new WebAssembly.RuntimeError("unreachable");
};

const module = (overrides: Partial<EngineModule>): EngineModule => ({
  version: () => "1.2.3",
  matches: () => true,
  explain: () => "{}",
  check_pattern: () => [],
  check_event: () => [],
  lint: () => [],
  sample_event: () => undefined,
  compare: () => "{}",
  infer_pattern: () => "{}",
  render_input: () => "{}",
  engine_memory: () => new WebAssembly.Memory({ initial: 1 }),
  EngineRuleSet: class {
    add = () => 0;
    remove = () => false;
    size = () => 0;
    room = () => 0;
    run = trap;
    run_wide = trap;
    complain() {}
    matched_at = () => 0;
    run_lines = trap;
    free() {}
  },
  CompiledPattern: class {
    matches = trap;
    explain = () => "{}";
    lint = () => [];
    print = () => "{}";
    free() {}
  },
  Engine: class {
    dispatch = () => "{}";
    control = trap;
    fork = trap;
    free() {}
  },
  ...overrides,
});

let door: Door;

beforeEach(async () => {
  vi.resetModules();
  door = await import("../../src/js/engine.js");
});

test("before the engine is there, every call says how to get it", () => {
  expect(() => door.call((engine) => engine.version())).toThrow(
    "the engine is not there yet: call `await init()` once before anything else",
  );
});

describe.each([
  ["a trap", trap],
  [
    "a stack overflow",
    () => {
      throw new RangeError("Maximum call stack size exceeded");
    },
  ],
])("after %s", (_, matches) => {
  test("that call and every later one throws EngineDeadError with the cause", () => {
    door.install(module({ matches }));
    expect(door.call((engine) => engine.version())).toBe("1.2.3");
    const dead = expect.objectContaining({
      name: "EngineDeadError",
      message: expect.stringContaining("the engine stopped in the middle of its work and cannot go on") as string,
      cause: expect.any(Error) as Error,
    }) as Error;
    expect(() => door.call((engine) => engine.matches("{}", "{}"))).toThrow(dead);
    expect(() => door.call((engine) => engine.version())).toThrow(dead);
  });
});

test("what lives in the engine dies with it, and can still be freed", () => {
  door.install(module({}));
  const pattern = door.hold("this compiled pattern", (engine) => new engine.CompiledPattern("{}"));
  const simulator = door.hold("this simulator", (engine) => new engine.Engine("{}"));
  expect(() => simulator.use((it) => it.control("poll", "{}"))).toThrow("the engine stopped");
  expect(() => pattern.use((it) => it.print())).toThrow("the engine stopped");
  pattern.free();
  simulator.free();
});

test("an error that the engine gives on purpose kills nothing", () => {
  const refused = { name: "InvalidEventPatternException", message: "Event pattern is not valid." };
  door.install(
    module({
      matches: () => {
        throw refused as unknown as Error;
      },
    }),
  );
  expect(() => door.call((engine) => engine.matches("", ""))).toThrow(expect.objectContaining(refused) as Error);
  expect(door.call((engine) => engine.version())).toBe("1.2.3");
});

test("a caller that has used up the stack stops the real engine, and is told so", () => {
  const program = `
    import { matches, version } from "eventbridge-sim";
    version(); // The engine is there.
    const call = () => matches('{"a":[1]}', '{"a":1}');
    // Every frame on the way back tries, until one has room to enter the engine but not to come through.
    const deeper = () => { try { deeper(); } catch { call(); } };
    try { deeper(); } catch {}
    try { console.log(call()); } catch (error) { console.log(error.name, error.cause.name); }
  `;
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  const args = ["--input-type=module", "--eval", program];
  expect(execFileSync(process.execPath, args, { cwd, encoding: "utf8" }).trim()).toBe("EngineDeadError RangeError");
});
