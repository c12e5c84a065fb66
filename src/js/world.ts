/**
 * One world in the engine, and the journal of the calls that made it: what `snapshot` writes and `restore` reads.
 *
 * Every call of a simulator goes through here. A call that was refused changed nothing and is not written down, but for two cases:
 * the first look at an account and region makes its default bus, and once faults are injected (`failNext`) a refusal may
 * have used one up.
 */

import { placeOf } from "./compact.js";
import { type EngineSimulator, type Held, hold } from "./engine.js";
import { EventBridgeError } from "./errors.js";
import { Journal, type JournalEntry, leaves } from "./journal.js";
import type { SimulatorOptions } from "./types.js";

/** A world as data: plain JSON. It holds what calls were given, secrets of connections included. */
export interface Snapshot {
  kind: "eventbridge-sim snapshot";
  version: 1;
  /** The version of the package that wrote it; any may read it. */
  engine: string;
  options: SimulatorOptions;
  /** The clock, in milliseconds. */
  now: number;
  /** The place in the sequence of ids. */
  ids: string;
  /** How many older calls that let events in are not in the journal: what they left in archives or retries is missing. */
  dropped: number;
  journal: JournalEntry[];
}

interface Mark {
  millis: number;
  ids: string;
}

const kind = "eventbridge-sim snapshot";
const what = "this simulator";

export class World {
  readonly options: SimulatorOptions;
  #engine: Held<EngineSimulator>;
  readonly #places = new Set<string>();
  readonly #handlers = new Set<string>();
  #journal = new Journal();
  #faults = false;

  constructor(options: SimulatorOptions) {
    this.options = options;
    const text = JSON.stringify(options);
    this.#engine = hold(what, (engine) => new engine.Engine(text));
  }

  /** A second world, in which what `input` says is played. Its journal is this one's and that. */
  fork(input: string): World {
    const { millis, ids } = this.mark();
    const forked = this.#forked(input);
    const world = new World(this.options);
    world.#take(forked);
    for (const place of this.#places) world.#places.add(place);
    for (const id of this.#handlers) world.#handlers.add(id);
    world.#faults = this.#faults;
    world.#journal = new Journal(this.#journal.entries, this.#journal.dropped);
    world.#journal.add({ at: millis, ids, name: "fork", input });
    return world;
  }

  /** An operation; the engine's answer as it writes it. */
  dispatch(operation: string, body: string, caller: string): string {
    const isFirst = !this.#places.has(placeOf(caller));
    const isWritten = isFirst || this.#faults || leaves(operation) !== "nothing";
    const mark = isWritten ? this.mark() : undefined;
    const answer = this.#engine.use((engine) => engine.dispatch(operation, body, caller));
    const isDone = answer.startsWith('{"status":2');
    if (mark !== undefined && (isDone || isFirst || this.#faults)) {
      this.#places.add(placeOf(caller));
      this.#journal.add({ at: mark.millis, ids: mark.ids, name: operation, input: body, caller });
    }
    return answer;
  }

  /** The ids of the handlers that the engine knows. */
  get handlers(): readonly string[] {
    return [...this.#handlers];
  }

  /** A verb; the engine's answer as it writes it. */
  control(verb: string, input: string): string {
    const mark = leaves(verb) === "nothing" ? undefined : this.mark();
    const answer = this.#act(verb, input);
    if (mark === undefined || isEmptyPoll(verb, answer)) return answer;
    if (verb === "failNext") this.#faults = true;
    this.#journal.add({ at: mark.millis, ids: mark.ids, name: verb, input });
    return answer;
  }

  /** Where clock and ids stand. */
  mark(): Mark {
    return JSON.parse(this.#engine.use((engine) => engine.control("mark", "{}"))) as Mark;
  }

  snapshot(engine: string): Snapshot {
    const { millis, ids } = this.mark();
    const { entries, dropped } = this.#journal;
    return { kind, version: 1, engine, options: this.options, now: millis, ids, dropped, journal: [...entries] };
  }

  /** The world of a snapshot. Throws before anything is changed if it cannot be read. */
  static restore(source: Snapshot | string): World {
    const { options, journal, now, ids, dropped } = read(source);
    const world = new World(options);
    try {
      for (const entry of journal) world.#repeat(entry);
      world.#goTo(now);
      world.#seek(ids);
    } catch (thrown) {
      world.free();
      throw thrown;
    }
    world.#journal = new Journal(journal, dropped);
    world.#faults = journal.some(({ name }) => name === "failNext");
    return world;
  }

  free(): void {
    this.#engine.free();
  }

  /** Makes a call again. One that is refused now was about something that left the journal. */
  #repeat({ at, ids, name, input, caller }: JournalEntry): void {
    this.#goTo(at);
    this.#seek(ids);
    if (caller !== undefined) {
      this.#places.add(placeOf(caller));
      this.#engine.use((engine) => engine.dispatch(name, input, caller));
      return;
    }
    try {
      if (name === "fork") this.#take(this.#forked(input));
      else this.#act(name, input);
    } catch (thrown) {
      if (!(thrown instanceof EventBridgeError)) throw thrown;
    }
  }

  #act(verb: string, input: string): string {
    const answer = this.#engine.use((engine) => engine.control(verb, input));
    if (verb === "handler") this.#handlers.add((JSON.parse(answer) as { id: string }).id);
    if (verb === "removeHandler") this.#handlers.delete((JSON.parse(input) as { id: string }).id);
    return answer;
  }

  #forked(input: string): Held<EngineSimulator> {
    return hold(what, () => this.#engine.use((engine) => engine.fork(input)));
  }

  #take(engine: Held<EngineSimulator>): void {
    this.#engine.free();
    this.#engine = engine;
  }

  #goTo(millis: number): void {
    if (millis <= this.mark().millis) return;
    const time = new Date(millis).toISOString();
    this.#engine.use((engine) => engine.control("runUntil", JSON.stringify({ time })));
  }

  #seek(ids: string): void {
    this.#engine.use((engine) => engine.control("mark", JSON.stringify({ ids })));
  }
}

function isEmptyPoll(verb: string, answer: string): boolean {
  return verb === "poll" && answer.startsWith('{"invocation":null');
}

/** Whose default bus a call may be the first to see. */
function read(source: Snapshot | string): Snapshot {
  const value: unknown = typeof source === "string" ? parsed(source) : source;
  if (!isObject(value) || value.kind !== kind) throw refused("this is no snapshot", "give what `snapshot()` gave");
  if (value.version !== 1) {
    throw refused(
      `this is a snapshot of version ${String(value.version)}, and version 1 is read here`,
      "use the version of eventbridge-sim that wrote it, or a newer one",
    );
  }
  const { options, journal, now, ids } = value;
  if (!isObject(options) || !Array.isArray(journal) || typeof now !== "number" || typeof ids !== "string") {
    throw refused("this snapshot is damaged: members are missing");
  }
  if (!journal.every(isEntry)) throw refused("this snapshot is damaged: an entry of its journal is no call");
  return value as unknown as Snapshot;
}

function isEntry(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.at === "number" &&
    ["ids", "name", "input"].every((member) => typeof value[member] === "string") &&
    (value.caller === undefined || typeof value.caller === "string")
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw refused("this snapshot is damaged: it is not valid JSON", String(thrown));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function refused(message: string, help?: string): EventBridgeError {
  return new EventBridgeError({ name: "InvalidSnapshotError", message, ...(help !== undefined && { help }) });
}
