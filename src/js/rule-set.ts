/** Many patterns at once: which of up to 100,000 rules does an event match? */

import { disposeSymbol } from "./dispose.js";
import { call, type EngineRuleSet, type Held, hold } from "./engine.js";
import { type JsonSource, kindOf, textOf } from "./json.js";

/** What `matchLines` found. */
export interface LineMatches {
  /** For each rule that matched, how many events. */
  counts: Record<string, number>;
  /** For each event (each line that is not blank), the names of the rules that match, in order. */
  matches: string[][];
}

/** So many bytes of lines are handed over at once. */
const PORTION = 1 << 20;
const LINE_FEED = 10;

/**
 * A set of named patterns. Adding, replacing and removing a rule costs microseconds and leaves the others alone; an event is
 * read once, however many rules there are. Any JSON object is an event.
 */
export class RuleSet {
  readonly #held: Held<EngineRuleSet>;
  readonly #encoder = new TextEncoder();
  /** By the numbers the engine knows the rules by. */
  readonly #names: string[] = [];
  #memory: Uint8Array<ArrayBufferLike> = new Uint8Array();

  constructor(rules: Record<string, JsonSource> = {}) {
    this.#held = hold<EngineRuleSet>("this rule set", (engine) => new engine.EngineRuleSet());
    for (const [name, pattern] of Object.entries(rules)) this.add(name, pattern);
  }

  /** Adds a rule; one of the same name is replaced. Throws `InvalidEventPatternException`, and changes nothing then. */
  add(name: string, pattern: JsonSource): void {
    if (typeof name !== "string") throw new TypeError(`a rule's name must be a string, not ${kindOf(name)}`);
    const text = textOf(pattern, "a pattern");
    this.#names[this.#held.use((set) => set.add(name, text))] = name;
  }

  /** Removes a rule. Whether there was one of this name. */
  remove(name: string): boolean {
    return this.#held.use((set) => set.remove(name));
  }

  /** How many rules there are. */
  get size(): number {
    return this.#held.use((set) => set.size());
  }

  /** The names of the rules that an event (JSON as text or bytes, or an object) matches, in order. Throws `InvalidEventError`. */
  match(event: JsonSource | Uint8Array): string[] {
    const json = typeof event === "string" || isBytes(event) ? event : textOf(event, "an event");
    return this.#held.use((set) => {
      const length = this.#write(set, json);
      return set.run(length) === 0 ? [] : this.#named(set.matched());
    });
  }

  /**
   * Matches events that stand one a line (NDJSON), blank lines left out. A line that is no event throws
   * `InvalidEventError`, whose message begins with its number: `line 7: ...`.
   */
  matchLines(lines: Uint8Array): LineMatches {
    if (!isBytes(lines)) throw new TypeError(`lines must be bytes in a Uint8Array, not ${kindOf(lines)}`);
    const counts: Record<string, number> = Object.create(null);
    const matches: string[][] = [];
    let before = 0;
    for (const portion of portions(lines)) {
      const told = this.#held.use((set) => {
        const length = this.#write(set, portion);
        return set.run_lines(length, before);
      });
      before += portion.reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0);
      for (let at = 0; at < told.length; ) {
        const end = at + 1 + (told[at] ?? 0);
        const names = this.#named(told.subarray(at + 1, end));
        for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
        matches.push(names);
        at = end;
      }
    }
    return { counts: { ...counts }, matches };
  }

  /** Gives the memory back now instead of when the garbage collector comes round. */
  free(): void {
    this.#held.free();
  }

  [disposeSymbol](): void {
    this.#held.free();
  }

  #named(numbers: Uint32Array): string[] {
    const names: string[] = [];
    for (const number of numbers) names.push(this.#names[number] ?? "");
    return names.length > 1 ? names.sort() : names;
  }

  /** Writes an event into the engine's memory; gives its length in bytes. */
  #write(set: EngineRuleSet, event: string | Uint8Array): number {
    if (typeof event !== "string") {
      const room = set.room(event.length);
      this.#view().set(event, room);
      return event.length;
    }
    // Nearly every event is ASCII, one byte a character; three are the most.
    const room = set.room(event.length);
    const { read, written } = this.#encoder.encodeInto(event, this.#view().subarray(room, room + event.length));
    if (read === event.length) return written;
    const larger = set.room(event.length * 3);
    return this.#encoder.encodeInto(event, this.#view().subarray(larger, larger + event.length * 3)).written;
  }

  /** The engine's memory as it is now: growing replaces the buffer. */
  #view(): Uint8Array {
    if (this.#memory.buffer.byteLength === 0)
      this.#memory = new Uint8Array(call((engine) => engine.engine_memory()).buffer);
    return this.#memory;
  }
}

/** Also of another realm, as in jest, where `instanceof` says no. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && "BYTES_PER_ELEMENT" in value && value.BYTES_PER_ELEMENT === 1;
}

/** Parts of at most about a megabyte that end where a line ends. */
function* portions(lines: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  while (start < lines.length) {
    let end = Math.min(start + PORTION, lines.length);
    if (end < lines.length) {
      const last = lines.lastIndexOf(LINE_FEED, end - 1);
      const next = last > start ? last : lines.indexOf(LINE_FEED, end);
      end = next < 0 ? lines.length : next + 1;
    }
    yield lines.subarray(start, end);
    start = end;
  }
}
