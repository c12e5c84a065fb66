/** `ebsim serve`: a simulator that any AWS SDK in any language can talk to. */

import { type ServerOptions, type SimulatorServer, serverOf } from "../server/http.js";
import { Simulator } from "../simulator.js";
import type { SimulatorOptions } from "../types.js";
import { type Args, type Command, UsageError } from "./command.js";
import { read, reading } from "./input.js";

export const serve: Command = {
  name: "serve",
  about: "serve a simulator to any AWS SDK or CLI, with the playground attached to it",
  usage: "serve [--port 4010] [--host 127.0.0.1] [options]",
  options: {
    port: { type: "string", short: "p", value: "PORT", about: "port, default 4010; 0 is any free one" },
    host: { type: "string", value: "ADDRESS", about: "address to listen on, default 127.0.0.1" },
    "allow-host": {
      type: "string",
      multiple: true,
      value: "NAME",
      about: "a name that clients may call the server by",
    },
    endpoint: {
      type: "string",
      value: "URL",
      about: "the address that clients use, if it is another: its name is allowed",
    },
    cors: {
      type: "string",
      multiple: true,
      value: "ORIGIN",
      about: "pages that may ask, such as http://localhost:5173; `*` is any",
    },
    state: { type: "string", value: "FILE", about: "keep the world in this file" },
    scenario: { type: "string", value: "SCENARIO", about: "begin with this scenario: a file, `-`, or JSON" },
    deliver: { type: "string", multiple: true, value: "ARNGLOB=URL", about: "post what such targets receive to a URL" },
    account: { type: "string", value: "ACCOUNT", about: "whose calls they are by default, twelve digits" },
    region: { type: "string", value: "REGION", about: "where, when a call does not say" },
    "time-scale": { type: "string", value: "N", about: "N simulated seconds pass in one, and states take their time" },
    verbose: { type: "boolean", short: "v", about: "a line on stderr for each request and delivery" },
    help: { type: "boolean", short: "h", about: "this help" },
  },
  notes: [
    "Ctrl+C ends it cleanly. POST /_sim/reset makes the world empty again; the other /_sim/ endpoints are",
    "in the reference. An access key id of twelve digits is taken for the account.",
  ],
  examples: [
    "ebsim serve",
    "ebsim serve --state world.json --deliver 'arn:aws:lambda:*:ship=http://localhost:3000/ship'",
    "AWS_ENDPOINT_URL=http://127.0.0.1:4010 aws events list-rules",
  ],
  async run(args, { page }) {
    if (args.rest.length > 0) throw new UsageError(`\`${args.rest[0]}\` is too much`, "see `ebsim serve --help`");
    const scale = timeScale(args.text("time-scale"));
    const simulator = simulatorOf(args, scale);
    const options = optionsOf(args, scale);
    const server = serverOf(simulator, options, page);
    try {
      const url = await server.listen(portOf(args.text("port")), args.text("host"));
      process.stdout.write(`ebsim listens on ${url}\n`);
    } catch (thrown) {
      await server.close();
      throw notListening(thrown, args.text("host") ?? "127.0.0.1");
    }
    await ended(server);
    return 0;
  },
};

function notListening(thrown: unknown, host: string): unknown {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new UsageError("the port is in use", "give another one: `--port 0` takes any that is free");
  if (code === "EACCES")
    return new UsageError("this port may not be used", "give one from 1024 on, such as `--port 4010`");
  if (code !== "EADDRNOTAVAIL" && code !== "ENOTFOUND" && code !== "EAI_AGAIN") return thrown;
  return new UsageError(
    `\`${host}\` is no address of this machine`,
    "`127.0.0.1` is this machine alone, `0.0.0.0` any network",
  );
}

function simulatorOf(args: Args, scale: number | undefined): Simulator {
  const options: SimulatorOptions = {
    now: new Date().toISOString(),
    ...(args.text("account") !== undefined && { account: args.text("account") ?? "" }),
    ...(args.text("region") !== undefined && { region: args.text("region") ?? "" }),
    // Unless someone asks for it, nothing is worth waiting for: what takes the service minutes is there at once.
    delays: scale === undefined ? "prompt" : "real",
  };
  const simulator = new Simulator(options);
  const scenario = args.text("scenario");
  if (scenario !== undefined) reading(read(scenario, "the scenario", "--scenario"), (text) => simulator.load(text));
  return simulator;
}

function optionsOf(args: Args, scale: number | undefined): ServerOptions {
  const state = args.text("state");
  if (state !== undefined && args.text("scenario") !== undefined) {
    throw new UsageError("the world comes from `--state` or from `--scenario`, not from both");
  }
  const endpoint = args.text("endpoint");
  return {
    clock: "system",
    timeScale: scale ?? 1,
    allowHosts: [...args.texts("allow-host"), ...(endpoint === undefined ? [] : [hostOf(endpoint)])],
    cors: args.texts("cors"),
    deliver: args.texts("deliver").map(deliveryOf),
    ...(state !== undefined && { state }),
    ...(args.flag("verbose") && { log: (line: string) => void process.stderr.write(`${stamp()} ${line}\n`) }),
  };
}

const stamp = (): string => new Date().toISOString().slice(11, 23);

function deliveryOf(text: string): { target: string; url: string } {
  // An ARN has no `=`, a URL may have some.
  const at = text.indexOf("=");
  const [target, url] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && /^https?:\/\//.test(url) && URL.canParse(url)) return { target, url };
  throw new UsageError(
    `\`${text}\` is no delivery`,
    "write `ARNGLOB=URL`, such as `arn:aws:sqs:*=http://localhost:3000/`",
  );
}

function hostOf(url: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return new URL(url).hostname;
  throw new UsageError(`\`${url}\` is no URL`, "such as `http://events.test:4010`");
}

function timeScale(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const scale = Number(text);
  if (Number.isFinite(scale) && scale > 0) return scale;
  throw new UsageError(`\`${text}\` is no time scale`, "a number above 0: 60 makes a minute of each second");
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 4010);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`\`${text}\` is no port`, "a number from 0 to 65535");
}

/** Waits for Ctrl+C or a kill, then ends the server cleanly. A second signal ends it at once. */
function ended(server: SimulatorServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.off(signal, end);
        process.once(signal, () => process.exit(130));
      }
      server.close().then(resolve, reject);
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  });
}
