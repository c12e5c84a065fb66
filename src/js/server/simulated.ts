/**
 * What the server can do besides the service: the `/_sim/` endpoints, for tests and for the page.
 *
 * Each takes and gives JSON; what the simulator refuses is status 400 with `{ __type, message, help? }`, as the service's own
 * errors are. `GET /_sim/stream` is not here: it does not end.
 */

import { EventBridgeError } from "../errors.js";
import type { Simulator } from "../simulator.js";
import type { Outcome } from "../types.js";
import type { HostClock } from "./clock.js";

/** What the endpoints work on. */
export interface Running {
  readonly simulator: Simulator;
  readonly clock: HostClock;
  /** What the clock is set to when the world begins anew: the host's time, unless the clock is a standing one. */
  begin(): Date | undefined;
}

export interface SimAnswer {
  status: number;
  body: object;
  /** What came of it, for those who listen. */
  news?: "reset" | "world";
}

interface Question {
  query: URLSearchParams;
  body: string;
}

/** Those of `simulator.invocations` that are one word each. */
const invocationFilters = ["rule", "bus", "target", "targetId", "eventId", "outcome", "errorCode"] as const;

type Endpoint = (running: Running, question: Question) => SimAnswer;

const endpoints: Readonly<Record<string, Endpoint>> = {
  "GET health": ({ simulator }) => ok({ status: "ok", now: simulator.now(), memory: process.memoryUsage.rss() }),
  "POST reset": (running) => {
    const now = running.begin();
    running.simulator.reset(now === undefined ? {} : { now });
    running.clock.anchor();
    return { ...ok({ now: running.simulator.now() }), news: "reset" };
  },
  "POST events": ({ simulator }, { query, body }) => {
    const options = pick(query, ["bus", "account", "region"]);
    const eventIds = eventsIn(body).map((event) => simulator.emit(event, options));
    return ok({ eventIds });
  },
  "GET trace": ({ simulator }, { query }) => {
    const { eventId, leaves } = pick(query, ["eventId", "leaves"]);
    return ok(simulator.trace(eventId, { leaves: leaves === "true" }));
  },
  "GET invocations": ({ simulator }, { query }) => {
    const { outcome, ...filter } = pick(query, invocationFilters);
    return ok(simulator.invocations({ ...filter, ...(outcome !== undefined && { outcome: outcome as Outcome }) }));
  },
  "GET loops": ({ simulator }) => ok(simulator.observedLoops()),
  "GET graph": ({ simulator }) => ok(simulator.graph()),
  "GET clock": ({ simulator }) => ok({ now: simulator.now() }),
  "POST clock": ({ simulator, clock }, { body }) => {
    const { advance, runUntil } = objectIn(body);
    if (typeof advance === "string") simulator.advance(advance);
    else if (typeof runUntil === "string") simulator.runUntil(runUntil);
    else throw misuse('say where to: `{ "advance": "90s" }` or `{ "runUntil": "2030-01-01T00:00:00Z" }`');
    clock.anchor();
    return ok({ now: simulator.now() });
  },
  "GET scenario": ({ simulator }) => ok(simulator.save()),
  "POST scenario": ({ simulator, clock }, { body }) => {
    const eventIds = simulator.load(body);
    clock.anchor();
    return { ...ok({ eventIds }), news: "reset" };
  },
  "POST expect": ({ simulator }, { body }) => ok(simulator.expect(objectIn(body))),
  "GET snapshot": ({ simulator }) => ok(simulator.snapshot()),
  "POST snapshot": ({ simulator, clock }, { body }) => {
    simulator.restore(body);
    clock.anchor();
    return { ...ok({ now: simulator.now() }), news: "reset" };
  },
};

/** Answers `METHOD /_sim/<name>`. HEAD is answered as GET is; whoever sends the answer leaves its body out. */
export function simAnswer(running: Running, asked: string, name: string, question: Question): SimAnswer {
  const method = asked === "HEAD" ? "GET" : asked;
  const endpoint = endpoints[`${method} ${name}`];
  if (endpoint === undefined) {
    const others = Object.keys(endpoints).filter((known) => known.endsWith(` ${name}`));
    const help = others.length > 0 ? `there is ${others.join(", ")}` : `there are ${Object.keys(endpoints).join(", ")}`;
    const [status, type] = others.length > 0 ? ([405, "MethodNotAllowed"] as const) : ([404, "NotFound"] as const);
    return failure(status, type, `there is no ${asked} /_sim/${name}`, help);
  }
  try {
    return endpoint(running, question);
  } catch (thrown) {
    if (!(thrown instanceof EventBridgeError)) throw thrown;
    return failure(400, thrown.name, thrown.message, thrown.help);
  }
}

function ok(body: object): SimAnswer {
  return { status: 200, body };
}

function failure(status: number, __type: string, message: string, help?: string): SimAnswer {
  return { status, body: { __type, message, ...(help !== undefined && { help }) } };
}

function misuse(message: string): EventBridgeError {
  return new EventBridgeError({ name: "MisuseError", message });
}

/** The members of a query that may be there. Others are mistakes that would silently ask for more. */
function pick<Name extends string>(query: URLSearchParams, names: readonly Name[]): { [Key in Name]?: string } {
  const strange = [...query.keys()].find((name) => !names.some((known) => known === name));
  if (strange !== undefined) throw misuse(`there is no parameter \`${strange}\`: there are ${names.join(", ")}`);
  return Object.fromEntries(query) as { [Key in Name]?: string };
}

/** One event or an array of them. One is kept as the text it is, so that its numbers keep their spelling. */
function eventsIn(body: string): (string | object)[] {
  if (!body.trimStart().startsWith("[")) return [body];
  const events = jsonIn(body);
  if (Array.isArray(events) && events.every(isObject)) return events;
  throw misuse("an array of events holds objects");
}

function objectIn(body: string): Record<string, unknown> {
  const value = jsonIn(body);
  if (isObject(value)) return value;
  throw misuse("the body must be a JSON object");
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (thrown) {
    throw misuse(`the body is not valid JSON: ${String(thrown)}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
