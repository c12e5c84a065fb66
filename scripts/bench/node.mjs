// The wasm side, in one Node process: our package from strings and from bytes, `JSON.parse` as the floor that every JavaScript
// matcher pays first, and the crate `quamina` compiled to wasm.
import { existsSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { Failure } from "../lib/log.mjs";
import { inRoot, pkgDir } from "../lib/paths.mjs";
import { run, tee } from "../lib/run.mjs";
import { jsonLines } from "./native.mjs";

const QUAMINA = inRoot("target/benches/wasm32-unknown-unknown/release/quamina_wasm.wasm");
const MOST_EVENTS = 20_000;
const PASSES = 7;
const LONGEST_PASS = 150;

export async function buildPeers() {
  const target = ["--release", "--quiet", "--target", "wasm32-unknown-unknown"];
  await run("cargo", ["build", ...target], {
    cwd: inRoot("benches/quamina"),
    env: { CARGO_TARGET_DIR: inRoot("target/benches") },
  });
}

export async function benchNode(list) {
  const { code, stdout } = await tee(process.execPath, [import.meta.filename, list]);
  if (code !== 0) throw new Failure(`the benchmark in Node ended with ${code}`);
  return jsonLines(stdout);
}

/** The best pass in microseconds an event, and the matches an event. Slow ones get fewer events. Before every pass `JSON.parse`
 * reads the same events, so that ratios survive a machine whose speed changes. */
function measure(events, texts, match) {
  let count = events.length;
  let matches = 0;
  const begun = performance.now();
  for (let at = 0; at < count; at++) {
    matches += match(events[at]);
    if (performance.now() - begun > LONGEST_PASS) count = at + 1;
  }
  let best = Number.POSITIVE_INFINITY;
  let parse = Number.POSITIVE_INFINITY;
  const pass = (inputs, run) => {
    const start = performance.now();
    for (let at = 0; at < count; at++) run(inputs[at]);
    return performance.now() - start;
  };
  for (let number = 0; number < PASSES; number++) {
    parse = Math.min(parse, pass(texts, JSON.parse));
    best = Math.min(best, pass(events, match));
  }
  const us = (milliseconds) => (milliseconds * 1000) / count;
  return { us_per_event: us(best), parse_us: us(parse), matches_per_event: matches / count };
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

async function measureAll(list) {
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
    say(
      "RuleSet, bytes",
      measure(bytes, texts, (event) => set.match(event).length),
    );
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
  await measureAll(process.argv[2]);
}
