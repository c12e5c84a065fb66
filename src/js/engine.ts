/**
 * The one door to the WebAssembly module.
 *
 * Entry points `install` the module, or say by `installOnDemand` how the first call comes by it; everything else goes through
 * `call`, which turns what the engine throws into this package's errors. A trap (and a stack overflow, which engines report as a RangeError) leaves an instance with
 * half-changed state: from then on every call says so, and nothing is computed on top of the wreck.
 */

import { type ContextFactory, plainContext } from "./context.js";
import { EngineDeadError, errorFrom, isErrorShape, NotInitialisedError } from "./errors.js";

/** What the module exports. Results with events inside are JSON text; small structured ones are objects. */
export interface EngineModule {
  version(): string;
  matches(pattern: string, event: string): boolean;
  explain(pattern: string, event: string): string;
  check_pattern(pattern: string): unknown;
  check_event(event: string): unknown;
  lint(pattern: string): unknown;
  sample_event(pattern: string): string | undefined;
  compare(first: string, second: string): string;
  infer_pattern(events: string): string;
  render_input(target: string, event: string, context: string): string;
  engine_memory(): WebAssembly.Memory;
  CompiledPattern: new (pattern: string) => EnginePattern;
  EngineRuleSet: new () => EngineRuleSet;
  Engine: new (options: string) => EngineSimulator;
}

export interface EnginePattern {
  matches(event: string): boolean;
  explain(event: string): string;
  lint(): unknown;
  print(): string;
  free(): void;
}

export interface EngineRuleSet {
  add(name: string, pattern: string): number;
  remove(name: string): boolean;
  size(): number;
  room(length: number): number;
  run(length: number): number;
  run_wide(units: number): number;
  complain(length: number): void;
  matched_at(): number;
  run_lines(length: number, before: number): Uint32Array;
  free(): void;
}

export interface EngineSimulator {
  dispatch(operation: string, body: string, caller: string): string;
  control(verb: string, input: string): string;
  fork(input: string): EngineSimulator;
  free(): void;
}

let installed: EngineModule | undefined;
let onDemand: (() => void) | undefined;
let cause: unknown;
let contexts: ContextFactory = plainContext;

/**
 * Makes the module available. `context` is how the platform follows a handler's asynchronous calls. Entries share one
 * module where a bundler lets them; the first to come stays.
 */
export function install(module: EngineModule, context: ContextFactory = plainContext): void {
  // Of what is promised and what is there now the promise counts: it came first, and it may know more of the platform.
  start();
  if (installed !== undefined) return;
  installed = module;
  contexts = context;
}

/** Leaves it to the first call to make the module available: `run` calls `install`. If it fails, the next call tries again. */
export function installOnDemand(run: () => void): void {
  if (installed === undefined) onDemand ??= run;
}

function start(): void {
  const run = onDemand;
  if (run === undefined) return;
  // `run` comes back here by `install`.
  onDemand = undefined;
  try {
    run();
  } catch (thrown) {
    onDemand = run;
    throw thrown;
  }
}

/** How this platform follows a handler's asynchronous calls. */
export function newContext(): ReturnType<ContextFactory> {
  start();
  return contexts();
}

/** Calls into the module. `run` does nothing but that, so that what it throws is the engine's. */
export function call<T>(run: (module: EngineModule) => T): T {
  return guarded(run, ready());
}

function ready(): EngineModule {
  if (cause !== undefined) throw dead();
  start();
  if (installed === undefined) throw new NotInitialisedError();
  return installed;
}

function guarded<T, R>(run: (thing: T) => R, thing: T): R {
  try {
    return run(thing);
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) {
      cause = thrown;
      throw dead();
    }
    throw isErrorShape(thrown) ? errorFrom(thrown) : thrown;
  }
}

/** Something that lives in the module until it is freed. */
export interface Held<T> {
  use<R>(run: (thing: T) => R): R;
  /** Frees it, once; quiet when there is nothing left to free. */
  free(): void;
}

/** Makes something that lives in the module. `what` names it when it is used after it was freed. */
export function hold<T extends { free(): void }>(what: string, make: (module: EngineModule) => T): Held<T> {
  let held: T | undefined = call(make);
  return {
    use(run) {
      const thing = held;
      if (thing === undefined) throw new EngineDeadError(`${what} was freed and cannot be used any more`);
      ready();
      return guarded(run, thing);
    },
    free() {
      const thing = held;
      held = undefined;
      if (thing !== undefined && cause === undefined) call(() => thing.free());
    },
  };
}

function dead(): EngineDeadError {
  return new EngineDeadError(
    "the engine stopped in the middle of its work and cannot go on; load the package anew (a new process, worker or page). " +
      "This is a bug in eventbridge-sim: please report the input that led to it",
    cause,
  );
}
