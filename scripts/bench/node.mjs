// The wasm side, in one Node process: our package from strings and from bytes, `JSON.parse` as the floor that every JavaScript
// matcher pays first, and the crate `quamina` compiled to wasm.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Failure } from "../lib/log.mjs";
import { inRoot, pkgDir } from "../lib/paths.mjs";
import { run, tee } from "../lib/run.mjs";
import { jsonLines } from "./native.mjs";

const QUAMINA = inRoot("target/benches/wasm32-unknown-unknown/release/quamina_wasm.wasm");
const MOST_EVENTS = 20_000;
const PASSES = 7;
const TURNS = 15;
const NATIVES = 3;
// In milliseconds.
const WARM_UP = 300;
const SHORTEST_PASS = 20;
const LONGEST_PASS = 150;

export async function buildPeers() {
  const target = ["--release", "--quiet", "--target", "wasm32-unknown-unknown"];
  await run("cargo", ["build", ...target], {
    cwd: inRoot("benches/quamina"),
    env: { CARGO_TARGET_DIR: inRoot("target/benches") },
  });
}

export async function benchNode({ turns }, list) {
  const { code, stdout } = await tee(process.execPath, [import.meta.filename, turns, list]);
  if (code !== 0) throw new Failure(`the benchmark in Node ended with ${code}`);
  return jsonLines(stdout);
}

/** The best pass in microseconds an event, and the matches an event. Slow ones get fewer events. Before every pass `JSON.parse`
 * reads the same events, so that ratios survive a machine whose speed changes. */
function measure(events, texts, match) {
  const { count, times, matches } = warm(events, match);
  let best = Number.POSITIVE_INFINITY;
  let parse = Number.POSITIVE_INFINITY;
  for (let number = 0; number < PASSES; number++) {
    parse = Math.min(parse, pass(texts, JSON.parse, count, times));
    best = Math.min(best, pass(events, match, count, times));
  }
  return { us_per_event: best, parse_us: parse, matches_per_event: matches };
}

/**
 * The same in turn with the native program, pass by pass, so that both have fast and slow moments of the machine. Some
 * processes are slow for as long as they live, so there are several; of all passes the best counts, as everywhere.
 */
async function measureInTurn(events, texts, match, natives) {
  const { count, times, matches } = warm(events, match);
  let [ours, theirs, parse] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let number = 0; number < TURNS; number++) {
    parse = Math.min(parse, pass(texts, JSON.parse, count, times));
    theirs = Math.min(theirs, await natives[number % natives.length].pass(count, times));
    ours = Math.min(ours, pass(events, match, count, times));
  }
  return { us_per_event: ours, parse_us: parse, native_us: theirs, matches_per_event: matches };
}

/**
 * Runs until the engine of JavaScript has compiled what is hot. How many events a pass can have, how many times, and the
 * matches an event.
 */
function warm(events, match) {
  let count = 0;
  let matches = 0;
  const begun = performance.now();
  while (count < events.length && performance.now() - begun < LONGEST_PASS) matches += match(events[count++]);
  while (performance.now() - begun < WARM_UP) for (let at = 0; at < count; at++) match(events[at]);
  const once = (pass(events, match, count, 1) * count) / 1000;
  return { count, times: Math.ceil(SHORTEST_PASS / once), matches: matches / count };
}

/** Microseconds an event. */
function pass(events, run, count, times) {
  const start = performance.now();
  for (let time = 0; time < times; time++) for (let at = 0; at < count; at++) run(events[at]);
  return ((performance.now() - start) * 1000) / (count * times);
}

/** The native program, which makes a pass for each line that it is sent. */
function nativeProgram(program, list, name) {
  const env = { ...process.env, BENCH_WORKLOADS: list };
  const child = spawn(program, [name], { env, stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async pass(count, times) {
      child.stdin.write(`${count} ${times}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error("the native program has ended");
      return Number(value);
    },
    end: () => child.stdin.end(),
  };
}

function ours(RuleSet, rules) {
  const start = performance.now();
  const set = new RuleSet();
  for (const [name, pattern] of rules) set.add(name, pattern);
  set.match("{}");
  return { set, build_us_per_rule: ((performance.now() - start) * 1000) / rules.length };
}

async function quamina(rules) {
  const { instance } = await WebAssembly.instantiate(readFileSync(QUAMINA), {});
  const { room, reset, add, run: match, memory } = instance.exports;
  const write = (bytes) => new Uint8Array(memory.buffer).set(bytes, room(bytes.length));
  reset();
  for (const [index, [, pattern]] of rules.entries()) {
    const bytes = new TextEncoder().encode(pattern);
    write(bytes);
    if (add(index, bytes.length) < 0) return undefined;
  }
  return (bytes) => {
    write(bytes);
    return match(bytes.length);
  };
}

async function measureAll(turns, list) {
  const { RuleSet } = await import(pathToFileURL(`${pkgDir}/node.js`).href);
  for (const workload of JSON.parse(readFileSync(list, "utf8"))) {
    const rules = Object.entries(JSON.parse(readFileSync(workload.rules, "utf8"))).map(([name, pattern]) => [
      name,
      JSON.stringify(pattern),
    ]);
    const texts = readFileSync(workload.events, "utf8").split("\n").filter(Boolean).slice(0, MOST_EVENTS);
    const bytes = texts.map((text) => new TextEncoder().encode(text));
    const say = (peer, result) =>
      console.log(
        JSON.stringify({
          workload: workload.name,
          where: "wasm",
          peer,
          rules: rules.length,
          events: texts.length,
          ...result,
        }),
      );
    const { set, build_us_per_rule } = ours(RuleSet, rules);
    const ofStrings = measure(texts, texts, (text) => set.match(text).length);
    say("JSON.parse", { us_per_event: ofStrings.parse_us });
    say("RuleSet, string", { ...ofStrings, build_us_per_rule });
    const natives = Array.from({ length: NATIVES }, () => nativeProgram(turns, list, workload.name));
    say("RuleSet, bytes", await measureInTurn(bytes, texts, (event) => set.match(event).length, natives));
    for (const native of natives) native.end();
    set.free();
    if (rules.length > 1000) continue;
    try {
      const match = await quamina(rules);
      if (match !== undefined) say("quamina", measure(bytes, texts, match));
    } catch (trap) {
      say("quamina", { us_per_event: null, note: `traps: ${trap.message}` });
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  if (!existsSync(QUAMINA)) throw new Error("the peers are not built");
  const [, , turns, list] = process.argv;
  await measureAll(turns, list);
}
