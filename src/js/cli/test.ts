/** `ebsim test`: does this event match this pattern, and if not, why not? */

import { EventBridgeError, InvalidEventError } from "../errors.js";
import { explain } from "../pattern.js";
import type { Explanation, LeafResult } from "../types.js";
import type { Command } from "./command.js";
import { UsageError } from "./command.js";
import { type Input, InputError, read, reading } from "./input.js";

export const test: Command = {
  name: "test",
  about: "does an event match a pattern, and if not, why not?",
  usage: "test -p PATTERN -e EVENT [--json]",
  options: {
    pattern: { type: "string", short: "p", value: "PATTERN", about: "event pattern: a file, `-`, or the JSON itself" },
    event: { type: "string", short: "e", value: "EVENT", about: "event: a file, `-`, or the JSON itself" },
    json: { type: "boolean", about: "print the explanation as JSON" },
    quiet: { type: "boolean", short: "q", about: "print nothing; the exit code tells" },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: ["exit codes: 0 it matches, 1 it does not, 2 pattern or event are not valid"],
  examples: [
    `ebsim test -p '{"source":["shop"]}' -e '{"source":"shop"}'`,
    "ebsim test -p pattern.json -e event.json",
    "aws events describe-rule --name r --query EventPattern --output text | ebsim test -p - -e event.json",
  ],
  run(args) {
    if (args.rest.length > 0) throw new UsageError(`\`${args.rest[0]}\` is too much`, "see `ebsim test --help`");
    const pattern = read(args.text("pattern"), "the pattern", "-p PATTERN");
    const event = read(args.text("event"), "the event", "-e EVENT");
    const explanation = explained(pattern, event);
    if (args.flag("quiet")) return Promise.resolve(explanation.matches ? 0 : 1);
    if (args.flag("json")) process.stdout.write(`${JSON.stringify(explanation, null, 2)}\n`);
    else process.stdout.write(inWords(explanation));
    return Promise.resolve(explanation.matches ? 0 : 1);
  },
};

/** An error is about the event or about the pattern, and is shown in that text. */
function explained(pattern: Input, event: Input): Explanation {
  return reading(pattern, (text) => {
    try {
      return explain(text, event.text);
    } catch (thrown) {
      if (thrown instanceof EventBridgeError && thrown instanceof InvalidEventError)
        throw new InputError(thrown, event);
      throw thrown;
    }
  });
}

function inWords({ matches, leaves }: Explanation): string {
  const lines = leaves.flatMap((leaf) => leafLines(leaf));
  return `${matches ? "matches" : "does not match"}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function leafLines({ path, matched, expected, reason, hint, branch }: LeafResult): string[] {
  const where = branch === undefined ? path : `${path} (${branch})`;
  if (matched) return [`ok  ${where}: ${expected}`];
  return [`no  ${where}: ${reason}`, ...(hint === undefined ? [] : [`      ${hint}`])];
}
