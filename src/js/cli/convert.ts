/**
 * `ebsim convert`: a scenario as AWS CLI commands, and such commands as a scenario.
 *
 * What the service has no call for (effects, handlers, events of AWS services, expectations) becomes a comment in the commands, so
 * that nothing is lost unseen.
 */

import { timestampMembers } from "../model.js";
import { Simulator } from "../simulator.js";
import type { Json, Scenario, ScenarioCall } from "../types.js";
import { type Command, UsageError } from "./command.js";
import { type Input, readFile, reading } from "./input.js";
import { isScenario } from "./run.js";
import { commandsIn, quote } from "./shell.js";

const later = new Set(["cloudformation", "sam", "serverless", "terraform"]);

export const convert: Command = {
  name: "convert",
  about: "turn a scenario into AWS CLI commands, or such commands into a scenario",
  usage: "convert --to cli|scenario FILE",
  options: {
    to: {
      type: "string",
      short: "t",
      value: "FORMAT",
      about: "`cli`: a shell script of `aws events` calls; `scenario`: JSON",
    },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: ["templates (CloudFormation, SAM, Serverless, Terraform) are neither read nor written yet"],
  examples: [
    "ebsim convert --to cli scenario.json > setup.sh",
    "ebsim convert --to scenario setup.sh > scenario.json",
    "ebsim convert --to cli scenario.json | AWS_ENDPOINT_URL=http://127.0.0.1:4010 sh",
  ],
  run(args) {
    const to = args.text("to");
    const [file, ...more] = args.rest;
    if (file === undefined || more.length > 0)
      throw new UsageError("give one file, or `-`", "see `ebsim convert --help`");
    if (to === undefined) throw new UsageError("what to convert to is missing", "give `--to cli` or `--to scenario`");
    if (later.has(to)) throw new UsageError(`\`${to}\` is not written yet`, "give `--to cli` or `--to scenario`");
    const input = readFile(file);
    if (to === "cli") process.stdout.write(script(input));
    else if (to === "scenario") process.stdout.write(`${JSON.stringify(scenarioOf(input), null, 2)}\n`);
    else throw new UsageError(`there is no format \`${to}\``, "give `--to cli` or `--to scenario`");
    return Promise.resolve(0);
  },
};

function script(input: Input): string {
  if (!isScenario(input.text)) {
    throw new UsageError(`\`${input.name}\` is no scenario`, "other formats than scenarios are not read yet");
  }
  // Loading it tells what is wrong with it, with places.
  reading(input, (text) => new Simulator().load(text));
  const { title, options, effects, handlers, calls, events, steps, expect } = JSON.parse(input.text) as Scenario;
  const lines = [
    "#!/bin/sh",
    ...(title === undefined ? [] : [`# ${title}`]),
    "set -e",
    ...unsaid({ options, effects, handlers, expect }),
    ...calls.map(commandOf),
    ...(events ?? []).map(eventCommand),
    ...(steps ?? []).flatMap((step) => {
      if ("call" in step) return commandOf(step.call);
      return "events" in step ? step.events.map(eventCommand) : [`# step: ${JSON.stringify(step)}`];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function unsaid(members: Record<string, unknown>): string[] {
  return Object.entries(members).flatMap(([name, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [`# ${name}: ${JSON.stringify(value)}`],
  );
}

function commandOf({ operation, input, account, region }: ScenarioCall): string {
  // The server takes an access key of twelve digits for the account.
  const who = account === undefined ? "" : `AWS_ACCESS_KEY_ID=${quote(account)} `;
  const where = region === undefined ? [] : ["--region", quote(region)];
  const words = ["aws", "events", kebab(operation), ...where, "--cli-input-json", quote(JSON.stringify(input ?? {}))];
  return `${who}${words.join(" ")}`;
}

function eventCommand(event: Json): string {
  if (typeof event !== "object" || event === null || Array.isArray(event)) return `# event: ${JSON.stringify(event)}`;
  // An envelope is what an AWS service sends; nobody can put it.
  if ("detail-type" in event) return `# event: ${JSON.stringify(event)}`;
  const { Detail: detail, ...rest } = event;
  const entry = {
    ...rest,
    ...(detail !== undefined && { Detail: typeof detail === "string" ? detail : JSON.stringify(detail) }),
  };
  return commandOf({ operation: "PutEvents", input: { Entries: [entry] } });
}

function scenarioOf(input: Input): Scenario {
  if (isScenario(input.text)) {
    reading(input, (text) => new Simulator().load(text));
    return JSON.parse(input.text) as Scenario;
  }
  if (!/\baws\b[\s\S]*\bevents\b/.test(input.text)) {
    throw new UsageError(`\`${input.name}\` has no \`aws events\` commands`, "other formats are not read yet");
  }
  const calls: ScenarioCall[] = [];
  const events: Json[] = [];
  for (const { words, line } of commandsIn(input.text)) {
    const call = callOf(words, line);
    if (call === undefined) continue;
    const entries = call.operation === "PutEvents" ? entriesOf(call) : undefined;
    if (entries === undefined) calls.push(call);
    else events.push(...entries);
  }
  const scenario: Scenario = { version: 1, calls, ...(events.length > 0 && { events }) };
  const text = JSON.stringify(scenario, null, 2);
  reading({ name: "the scenario of these commands", text }, () => new Simulator().load(text));
  return scenario;
}

/** Events of the simulator's own account and region can stand under `events`. */
function entriesOf({ input, account, region }: ScenarioCall): Json[] | undefined {
  const entries = typeof input === "object" && input !== null && !Array.isArray(input) ? input.Entries : undefined;
  return Array.isArray(entries) && account === undefined && region === undefined ? entries : undefined;
}

/** The call that a command makes; `undefined` when it is not one of `aws events`. */
function callOf(words: readonly string[], line: number): ScenarioCall | undefined {
  const begin = words.indexOf("aws");
  if (begin < 0) return undefined;
  const account = words
    .slice(0, begin)
    .find((word) => /^AWS_ACCESS_KEY_ID=\d{12}$/.test(word))
    ?.split("=")[1];
  const call: { region?: string; input: Record<string, Json> } = { input: {} };
  const names: string[] = [];
  for (let at = begin + 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (!word.startsWith("--")) {
      names.push(word);
      continue;
    }
    const most = lists.has(word.slice(2)) ? words.length : flags.test(word) ? 0 : 1;
    const values: string[] = [];
    for (; values.length < most && at + 1 < words.length && !(words[at + 1] ?? "").startsWith("--"); at += 1) {
      values.push(words[at + 1] ?? "");
    }
    take(call, word.slice(2), values, line);
  }
  const [service, command] = names;
  if (service !== "events") return undefined;
  if (command === undefined) throw new UsageError(`line ${line}: which call of \`aws events\`?`);
  const { region, input } = call;
  return { operation: pascal(command), input, ...(account && { account }), ...(region !== undefined && { region }) };
}

/** Options that take all the words behind them; any other takes one. */
const lists = new Set("targets entries tags ids tag-keys event-bus-names name-prefixes".split(" "));
/** Options that take none. */
const flags = /^--(no-.*|debug|force|dry-run)$/;

/** What the CLI writes before the name of a file that holds the value. */
const fileUrl = "file://";

/** Options of the CLI itself that say nothing about the call. */
const global = new Set("endpoint-url output profile query no-cli-pager no-sign-request debug no-paginate".split(" "));

function take(
  call: { region?: string; input: Record<string, Json> },
  name: string,
  values: string[],
  line: number,
): void {
  const [value = ""] = values;
  if (name === "region") call.region = value;
  else if (name === "cli-input-json") {
    const text = value.startsWith(fileUrl) ? fileText(value.slice(fileUrl.length), line) : value;
    call.input = { ...(json(text, line) as Record<string, Json>), ...call.input };
  } else if (!global.has(name)) call.input[pascal(name)] = meaningOf(pascal(name), values, line);
}

/** What an option's words mean: a file, JSON, the CLI's shorthand (`Id=1,Arn=...`), a number, a text. */
function meaningOf(member: string, values: readonly string[], line: number): Json {
  const [value = ""] = values;
  if (value.startsWith(fileUrl)) return meaningOf(member, [fileText(value.slice(fileUrl.length), line)], line);
  // These hold JSON as text.
  if (["EventPattern", "Event", "Policy"].includes(member)) return value;
  if (/^\s*[[{]/.test(value)) return json(value, line);
  if (["Targets", "Entries", "Tags"].includes(member)) return values.map(shorthand);
  if (["Ids", "TagKeys", "EventBusNames", "NamePrefixes"].includes(member)) return [...values];
  if (["DeadLetterConfig", "LogConfig", "Condition"].includes(member)) return shorthand(value);
  if (/^\d+$/.test(value) && ["Limit", "RetentionDays", "InvocationRateLimitPerSecond"].includes(member))
    return Number(value);
  if (timestampMembers.some((name) => name === member) && !Number.isNaN(Date.parse(value)))
    return Date.parse(value) / 1000;
  return values.length === 0 ? !member.startsWith("No") : value;
}

function fileText(file: string, line: number): string {
  try {
    return readFile(file).text;
  } catch (thrown) {
    throw thrown instanceof UsageError ? new UsageError(`line ${line}: ${thrown.message}`, thrown.help) : thrown;
  }
}

function shorthand(text: string): { [name: string]: Json } {
  return Object.fromEntries(
    text.split(/,(?=[A-Za-z]+=)/).map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }),
  );
}

function json(text: string, line: number): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (thrown) {
    throw new UsageError(
      `line ${line}: this is not valid JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
}

/** `PutRule` is `put-rule`, `ListEventBuses` `list-event-buses`. */
function kebab(operation: string): string {
  return operation.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

/** `put-rule` is `PutRule`; `resource-arn` is the one member that the service spells otherwise. */
function pascal(name: string): string {
  if (name === "resource-arn") return "ResourceARN";
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
