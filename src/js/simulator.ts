/**
 * One simulated EventBridge: accounts, buses, rules, targets and a clock, with nothing behind them but the engine.
 *
 * This class adds types and comfort to the engine's two doors, `dispatch` (the service's operations) and `control` (the
 * simulator's own verbs), and runs handlers after each call that may have caused invocations. It decides nothing.
 */

import { type Answer, acceptedId, type RawAnswer, rawAnswer, refusal, sentOf } from "./answer.js";
import { type Disposer, disposer, disposeSymbol } from "./dispose.js";
import { newContext } from "./engine.js";
import { entryOf, type FriendlyEvent } from "./friendly.js";
import { type Handler, HandlerLoop, type HandlerResult, type Registered } from "./handlers.js";
import { clockIn, type HostClock } from "./host-clock.js";
import { invocationContext } from "./invocation-context.js";
import { bodyOf, dateOf, type JsonSource, onlyMembers, outputOf, stringOf, wellFormed } from "./json.js";
import {
  type Caller,
  callerMembers,
  OperationCalls,
  type OperationInput,
  type OperationName,
  type OperationOutput,
} from "./operations.js";
import { version } from "./pattern.js";
import type { EmitOptions, ExpectationResult, InvocationFilter, MetricFilter, Sent } from "./shapes.js";
import { eventText, inSplice, scenarioText } from "./splice.js";
import type {
  Effect,
  GivenOptions,
  Graph,
  Invocation,
  Kept,
  LoopAnalysis,
  LoopReport,
  Metric,
  Preset,
  Resource,
  RuleFinding,
  Scenario,
  TraceNode,
} from "./types.js";
import { type Snapshot, World } from "./world.js";

export class Simulator extends OperationCalls {
  #world: World;
  readonly #given: GivenOptions;
  readonly #loop: HandlerLoop;
  readonly #handlers = new Set<Registered>();
  readonly #host: HostClock | undefined;

  constructor(options: GivenOptions = {}) {
    super();
    this.#given = options;
    const { host, options: rest } = clockIn(options);
    this.#world = new World({ ...rest });
    this.#host = host;
    this.#anchor();
    this.#loop = new HandlerLoop(
      {
        poll: () => this.#poll(),
        complete: (id, result) => this.#complete(id, result),
      },
      newContext(),
      (id, onBehalf) => invocationContext(this, id, onBehalf),
    );
  }

  /** Any operation of the service, by its name. Throws what the service would. */
  invoke<Name extends OperationName>(
    operation: Name,
    input: OperationInput<Name>,
    caller?: Caller,
  ): OperationOutput<Name>;
  override invoke(operation: string, input?: JsonSource, caller?: Caller): unknown;
  invoke(operation: string, input: JsonSource = {}, caller: Caller = {}): unknown {
    onlyMembers(caller, "a caller", callerMembers);
    const output = this.#dispatch(operation, input, caller);
    this.#loop.run();
    return output;
  }

  /**
   * Any operation as it travels: JSON text in, the status and JSON text out. What the service would refuse is an answer
   * like any other; its body has `__type` and `message`. `./sdk` and `./server` come in here.
   */
  request(operation: string, body: string, caller: Caller = {}): RawAnswer {
    const answer = this.#ask(operation, stringOf(body, "a body"), caller);
    this.#loop.run();
    return answer;
  }

  /** Puts one event on a bus and returns when everything that follows synchronously has happened. */
  send(event: FriendlyEvent & Caller): Sent {
    const output = this.#dispatch("PutEvents", { Entries: [entryOf(event)] }, event) as OperationOutput<"PutEvents">;
    const id = acceptedId(output.Entries?.[0]);
    this.#loop.run();
    return sentOf(id, this.trace(id));
  }

  /** Lets an event in as an AWS service sends it: the whole envelope, `source` and `id` included. Returns its id. */
  emit(event: JsonSource, options: EmitOptions = {}): string {
    onlyMembers(options, "`options`", [...callerMembers, "bus"]);
    const parent = this.#loop.parent();
    const { eventId } = this.#splice("emit", "event", eventText(event), { ...options, parent }) as { eventId: string };
    this.#loop.run();
    return eventId;
  }

  /** Declares what targets do when they are invoked. The disposer takes it back. */
  effect(definition: Effect): Disposer {
    const { id } = this.#control("effect", { effect: definition }) as { id: string };
    return disposer(() => this.#control("removeEffect", { id }));
  }

  /** Runs a handler when a target whose ARN matches the glob is invoked. The disposer takes it back. */
  onInvoke(target: string, handler: Handler): Disposer {
    if (typeof handler !== "function") throw new TypeError(`a handler must be a function, not ${typeof handler}`);
    const registered = { target, handler, id: "" };
    this.#register(registered);
    return disposer(() => {
      this.#handlers.delete(registered);
      this.#loop.remove(registered.id);
      this.#control("removeHandler", { id: registered.id });
    });
  }

  /**
   * Says what exists and permits outside EventBridge, from now on: what the option `resources` says from the beginning. A
   * declaration replaces the one before.
   */
  declare(arn: string, resource: Resource): void {
    this.#control("declare", { arn, resource });
  }

  /**
   * Makes the next call of an operation fail with this code, as the service might; with `entry`, that entry of the next call
   * of PutEvents that has one.
   */
  failNext(operation: OperationName, failure: { entry?: number; code: string; message?: string }): void {
    this.#control("failNext", { operation, ...failure });
  }

  /** The deliveries so far, in order. */
  invocations(filter?: InvocationFilter): Invocation[] {
    return this.#control("invocations", { filter }) as Invocation[];
  }

  /** What happened, as one tree for each event from outside, or of the `last` so many; of one event, when its id is given. */
  trace(eventId?: string, options: { leaves?: boolean; last?: number } = {}): TraceNode[] {
    onlyMembers(options, "`options`", ["leaves", "last"]);
    return this.#control("trace", { eventId, ...options }) as TraceNode[];
  }

  /** What CloudWatch would show: one series for each metric and its dimensions, a datapoint a minute. */
  metrics(filter?: MetricFilter): Metric[] {
    return this.#control("metrics", { filter }) as Metric[];
  }

  /** How much of what happened is in the record, which is bounded (option `maxRecord`), and how much left it. */
  record(): Kept {
    return this.#control("record", {}) as Kept;
  }

  /** The infinite loops that the rules of this world can fall into, found without any event. */
  analyzeLoops(): LoopAnalysis {
    return this.#control("analyze", {}) as LoopAnalysis;
  }

  /** What the rules of this world probably get wrong together: the lints of rule sets. */
  lint(): RuleFinding[] {
    return this.#control("lint", {}) as RuleFinding[];
  }

  /** Loops that were seen, and stopped, while events ran. */
  observedLoops(): LoopReport[] {
    return this.#control("loops", {}) as LoopReport[];
  }

  /** Moves the clock on (`90s`, `1h30m`), running what falls due. Returns the time. */
  advance(duration: string): string {
    const now = this.#move("advance", { duration });
    this.#anchor();
    return now;
  }

  /** Moves the clock to a time, running what falls due. Returns the time. */
  runUntil(time: Date | string): string {
    const now = this.#move("runUntil", { time: time instanceof Date ? dateOf(time).toISOString() : time });
    this.#anchor();
    return now;
  }

  /** What the simulator's clock shows. */
  now(): string {
    return (this.#control("now", {}) as { now: string }).now;
  }

  /** The same in milliseconds since 1970. */
  nowMillis(): number {
    this.#tick();
    return this.#world.mark().millis;
  }

  /** Fires the schedule of a rule now: its ARN, or its name if it is on the default bus. Returns the event's id. */
  trigger(rule: string, caller: Caller = {}): string {
    const { account, region } = caller;
    const { eventId } = this.#control("trigger", { rule, account, region }) as { eventId: string };
    this.#loop.run();
    return eventId;
  }

  /** When a rule, or an expression, fires next: five times, or `count`. */
  schedule(of: ({ rule: string; count?: number } & Caller) | { expression: string; count?: number }): string[] {
    return (this.#control("schedule", { ...of }) as { times: string[] }).times;
  }

  /** Does what is due now and waits for handlers that return promises, one after another. The clock stands. */
  settle(): Promise<void> {
    this.#move("settle", {});
    return this.#loop.settle();
  }

  /**
   * Replaces the world by the one that a scenario describes and sends its events; handlers stay. Returns the ids of the
   * events.
   */
  load(scenario: Scenario | string): string[] {
    const { events } = this.#splice("load", "scenario", scenarioText(scenario), {}) as { events: string[] };
    this.#anchor();
    this.#loop.forget();
    this.#loop.run();
    return events;
  }

  /**
   * A second simulator in which stands what stands here, handlers included, and in which the scenario's calls are made and its
   * events sent; here nothing changes. Only a world in which nothing has happened yet can be forked.
   */
  fork(scenario?: Omit<Scenario, "options"> | string): Simulator {
    const text = scenario === undefined ? undefined : scenarioText(scenario as Scenario | string);
    const copy = new Simulator(this.#given);
    try {
      copy.#continue(this.#fork(text), this.#handlers);
    } catch (thrown) {
      copy.free();
      throw thrown;
    }
    return copy;
  }

  /** Makes the world empty again, as `new Simulator` with the same options would; handlers stay. `now` sets its clock. */
  reset(options: { now?: Date | string } = {}): void {
    onlyMembers(options, "`options`", ["now"]);
    const now = options.now === undefined ? this.#host?.begin() : dateOf(options.now);
    this.load({ version: 1, options: { ...this.#world.options, ...(now && { now: now.toISOString() }) }, calls: [] });
  }

  /**
   * Everything but handlers, as plain JSON: buses, rules, archives, the clock, the sequence of ids, what happened. It holds
   * secrets of connections as they were given.
   */
  snapshot(): Snapshot {
    return this.#world.snapshot(version());
  }

  /** Replaces the world by that of a snapshot; handlers stay. From here on all goes as it would have gone there. */
  restore(snapshot: Snapshot | string): void {
    const world = World.restore(snapshot);
    this.#world.free();
    this.#world = world;
    this.#anchor();
    this.#loop.forget();
    // Nobody here answers for the handlers that the snapshot knows.
    for (const id of world.handlers) this.#control("removeHandler", { id });
    for (const { id } of this.#handlers) this.#loop.remove(id);
    for (const registered of this.#handlers) this.#register(registered);
  }

  /** Buses, rules, targets, permissions and effects as a scenario. */
  save(): Scenario {
    return this.#control("save", {}) as Scenario;
  }

  /** Compares what happened with what a scenario's `expect` says. */
  expect(expectation: NonNullable<Scenario["expect"]>): ExpectationResult {
    return this.#control("expect", { expect: expectation }) as ExpectationResult;
  }

  /** Who may send to whom, whether or not an event has passed. */
  graph(): Graph {
    return this.#control("graph", {}) as Graph;
  }

  /** The effects that come with the package: what AWS services emit when they are acted on. */
  presets(): Preset[] {
    return this.#control("presets", {}) as Preset[];
  }

  /** Gives the memory back now instead of when the garbage collector comes round. */
  free(): void {
    this.#world.free();
  }

  [disposeSymbol](): void {
    this.free();
  }

  #fork(scenario: string | undefined): World {
    this.#tick();
    if (scenario === undefined) return this.#world.fork("{}");
    return inSplice("scenario", (before) => this.#world.fork(`{${before}${scenario}}`));
  }

  /** Goes on in another world with these handlers, which it knows already. */
  #continue(world: World, handlers: Iterable<Registered>): void {
    this.#world.free();
    this.#world = world;
    this.#anchor();
    for (const registered of handlers) {
      this.#handlers.add({ ...registered });
      this.#loop.add(registered.id, registered.handler);
    }
    this.#loop.run();
  }

  #dispatch(operation: string, input: JsonSource, caller: Caller): unknown {
    const body = typeof input === "string" ? wellFormed(input) : bodyOf(input);
    const answer = this.#ask(operation, body, caller);
    const parsed = { status: answer.status, body: JSON.parse(answer.body) as Answer["body"] };
    if (parsed.status >= 400) throw refusal(parsed);
    return outputOf(parsed.body);
  }

  #ask(operation: string, body: string, { account, region, traceHeader }: Caller): RawAnswer {
    this.#tick();
    const caller = JSON.stringify({ account, region, traceHeader, parent: this.#loop.parent() });
    return rawAnswer(this.#world.dispatch(stringOf(operation, "an operation"), body, caller));
  }

  #control(verb: string, input: object): unknown {
    if (verb !== "poll") this.#tick();
    return this.#controlText(verb, JSON.stringify(input));
  }

  #controlText(verb: string, input: string): unknown {
    return JSON.parse(this.#world.control(verb, input)) as unknown;
  }

  /** A verb with a member that is JSON text already, one value and no more. Places in errors are places in that text. */
  #splice(verb: string, name: string, text: string, rest: object): unknown {
    const others = JSON.stringify(rest).slice(1, -1);
    return inSplice(name, (before) => this.#controlText(verb, `{${before}${text}${others && ","}${others}}`));
  }

  #move(verb: string, input: object): string {
    // Handlers answer at the time of their invocation: the engine stops the clock for them, and goes on afterwards.
    let move = this.#control(verb, { ...input, handlers: true }) as { now: string; until?: string };
    this.#loop.run();
    while (move.until !== undefined) {
      move = this.#control("runUntil", { time: move.until, handlers: true }) as typeof move;
      this.#loop.run();
    }
    return move.now;
  }

  /** With `clock: "system"`: does what fell due. A handler answers at the time of its invocation, so meanwhile the clock stands. */
  #tick(): void {
    if (this.#loop.isBusy()) return;
    this.#host?.catchUp(
      () => this.#world.mark().millis,
      (time) => this.#move("runUntil", { time }),
    );
  }

  #anchor(): void {
    this.#host?.anchor(this.#world.mark().millis);
  }

  #register(registered: Registered): void {
    const { id } = this.#control("handler", { target: registered.target }) as { id: string };
    registered.id = id;
    this.#handlers.add(registered);
    this.#loop.add(id, registered.handler);
  }

  #poll(): { invocation: Invocation; handler: string } | undefined {
    const { invocation, handler } = this.#control("poll", {}) as { invocation: Invocation | null; handler: string };
    return invocation === null ? undefined : { invocation, handler };
  }

  #complete(id: string, { events, error }: HandlerResult): void {
    this.#controlText("complete", bodyOf({ id, events, error }));
  }
}
