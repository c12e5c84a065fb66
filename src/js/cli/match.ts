/** `ebsim match`: which of many rules does each of many events match? */

import { once } from "node:events";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type BlockResult, matchBlock } from "./block.js";
import { blocksOf } from "./blocks.js";
import { type Command, type ExitCode, type Files, UsageError } from "./command.js";
import { read, reading } from "./input.js";
import { rulesOf } from "./rules.js";
import type { WorkerTask } from "./worker.js";

export const match: Command = {
  name: "match",
  about: "which of many rules does each of many events match?",
  usage: "match --rules RULES.json --events EVENTS.jsonl [--count] [--jobs N]",
  options: {
    rules: {
      type: "string",
      short: "r",
      value: "RULES",
      about: 'names and patterns, {"name": pattern}: a file, `-`, or JSON',
    },
    events: { type: "string", short: "e", value: "EVENTS", about: "one event a line: a file, or `-`" },
    count: { type: "boolean", short: "c", about: "print one summary object instead of the names" },
    jobs: { type: "string", short: "j", value: "N", about: "worker threads; default 1, `max` is one for each core" },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: [
    "prints one JSON array of names a line, in the order of the events; with --count",
    '{"rules", "events", "matches", "build_s", "ns_per_event"}',
    "files may be larger than memory; exit codes: 0 done, 2 a rule or an event is not valid",
  ],
  examples: [
    "ebsim match --rules rules.json --events events.jsonl",
    "zcat events.jsonl.gz | ebsim match -r rules.json -e - --count --jobs max",
  ],
  async run(args, files) {
    const rules = read(args.text("rules"), "the rules", "--rules RULES");
    const events = args.text("events");
    if (events === undefined) throw new UsageError("the events are missing", "give `--events EVENTS`");
    if (events === "-" && rules.name === "standard input") {
      throw new UsageError("standard input can be read only once", "give one of the inputs as a file");
    }
    const wanted = args.flag("count") ? "counts" : "names";
    const begun = performance.now();
    const compiled = reading(rules, rulesOf);
    const built = performance.now();
    const jobs = jobsOf(args.text("jobs"));
    const task: WorkerTask = { rules: rules.text, wanted };
    const matcher = jobs === 1 ? alone((bytes) => matchBlock(compiled, bytes, wanted)) : shared(jobs, task, files);
    const totals = await matchAll(events, matcher);
    if (typeof totals === "number") return totals;
    if (wanted === "counts") await write(summary(compiled.size, totals, built - begun, performance.now() - built));
    return 0;
  },
};

interface Totals {
  events: number;
  matches: number;
}

/** Takes blocks and gives their results, in the same order. */
interface Matcher {
  /** How many blocks may be under way. */
  readonly depth: number;
  match(bytes: Uint8Array): Promise<BlockResult>;
  close(): Promise<void>;
}

async function matchAll(file: string, matcher: Matcher): Promise<Totals | ExitCode> {
  const totals = { events: 0, matches: 0, lines: 0 };
  const progress = progressOf(file);
  const underWay: Promise<BlockResult>[] = [];
  const take = async (): Promise<boolean> => {
    const result = await underWay.shift();
    if (result === undefined) return true;
    await write(result.text);
    if (result.failed !== undefined) {
      const line = totals.lines + result.failed.line + 1;
      process.stderr.write(`error: line ${line} of \`${file}\`: ${result.failed.message}\n`);
      return false;
    }
    totals.events += result.events;
    totals.matches += result.matches;
    totals.lines += result.lines;
    return true;
  };
  try {
    for await (const block of blocksOf(file)) {
      progress(block.length);
      underWay.push(matcher.match(block));
      if (underWay.length >= matcher.depth && !(await take())) return 2;
    }
    while (underWay.length > 0) if (!(await take())) return 2;
    return totals;
  } finally {
    progress(undefined);
    for (const rest of underWay) rest.catch(() => undefined);
    await matcher.close();
  }
}

function alone(work: (bytes: Uint8Array) => BlockResult): Matcher {
  return { depth: 1, match: async (bytes) => work(bytes), close: () => Promise.resolve() };
}

/** Workers in turn: each answers its blocks in order, so the first answer of the longest waiting is the next. */
function shared(jobs: number, task: WorkerTask, { worker }: Files): Matcher {
  const hands = Array.from({ length: jobs }, () => new Worker(worker, { workerData: task }));
  const waiting = hands.map(() => [] as { resolve(result: BlockResult): void; reject(error: unknown): void }[]);
  for (const [index, hand] of hands.entries()) {
    hand.on("message", (result: BlockResult) => waiting[index]?.shift()?.resolve(result));
    hand.on("error", (error) => {
      for (const { reject } of waiting[index]?.splice(0) ?? []) reject(error);
    });
  }
  let next = 0;
  return {
    depth: 2 * jobs,
    match: (bytes) =>
      new Promise((resolve, reject) => {
        waiting[next]?.push({ resolve, reject });
        hands[next]?.postMessage(bytes);
        next = (next + 1) % jobs;
      }),
    close: async () => {
      await Promise.all(hands.map((hand) => hand.terminate()));
    },
  };
}

function jobsOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (text === "max") return availableParallelism();
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= 256) return jobs;
  throw new UsageError(`\`${text}\` is no number of jobs`, "a whole number from 1 to 256, or `max`");
}

function summary(rules: number, { events, matches }: Totals, build: number, match: number): string {
  const perEvent = events === 0 ? 0 : Math.round((match * 1e6) / events);
  return `${JSON.stringify({ rules, events, matches, build_s: Number((build / 1000).toFixed(6)), ns_per_event: perEvent })}\n`;
}

/** Waits when whoever reads is slower than we are. */
async function write(text: string): Promise<void> {
  if (text !== "" && !process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Says now and then how far it is, where someone is looking. `undefined` ends it. */
function progressOf(file: string): (bytes: number | undefined) => void {
  if (!process.stderr.isTTY) return () => undefined;
  const total = file === "-" ? undefined : statSync(file).size;
  let [done, shown] = [0, performance.now()];
  return (bytes) => {
    done += bytes ?? 0;
    if (bytes !== undefined && performance.now() - shown < 500) return;
    shown = performance.now();
    const megabytes = (done / 1e6).toFixed(0);
    const share = total === undefined ? `${megabytes} MB` : `${megabytes} of ${(total / 1e6).toFixed(0)} MB`;
    process.stderr.write(bytes === undefined ? "\r\u001b[K" : `\r\u001b[K${share}`);
  };
}
