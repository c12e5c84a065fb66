// What the scripts say: one line when a step begins, with about how long it takes, one line when it ends.
import { performance } from "node:perf_hooks";

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint(1);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

export const say = (text) => console.log(text);

/** Runs `work` between two lines; `about` is a rough duration such as "20 s". */
export async function step(title, about, work) {
  say(`${bold("==>")} ${title}${about ? ` (about ${about})` : ""}`);
  const begun = performance.now();
  const result = await work();
  say(`    done in ${duration(performance.now() - begun)}`);
  return result;
}

export function duration(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** An error that a user can act on: printed without a stack. */
export class Failure extends Error {
  constructor(message, help) {
    super(message);
    this.help = help;
  }
}

/** Ends a command: a `Failure` in words, anything else with its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

export function report(error) {
  console.error(`${red("error")}: ${error instanceof Failure ? error.message : (error?.stack ?? error)}`);
  if (error instanceof Failure && error.help) console.error(`  help: ${error.help}`);
}
