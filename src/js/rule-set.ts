/** Many patterns at once: which of up to 100,000 rules does an event match? */

import { disposeSymbol } from "./dispose.js";
import { call, type EngineRuleSet, type Held, hold } from "./engine.js";
import { type JsonSource, kindOf, stringOf, textOf } from "./json.js";
import { Names } from "./names.js";

/** What `matchLines` found. */
export interface LineMatches {
  /** For each rule that matched, how many events. */
  counts: Record<string, number>;
  /** For each event (each line that is not blank), the names of the rules that match, in order. */
  matches: string[][];
}

/** So many bytes of lines are handed over at once. */
const PORTION = 1 << 20;
/** Longer texts than this are never written as UTF-16, because that takes twice the room. */
const LONGEST_WIDE = 1 << 20;
const LINE_FEED = 10;
const NAME = "a rule's name";
/** The text is not for `run_wide`. */
const NOT_WIDE = -2;

/**
 * A set of named patterns. Adding, replacing and removing a rule costs microseconds and leaves the others alone; an event is
 * read once, however many rules there are. Any JSON object is an event.
 */
export class RuleSet {
  readonly #held: Held<EngineRuleSet>;
  readonly #encoder = new TextEncoder();
  readonly #names = new Names();
  #memory: Uint8Array<ArrayBufferLike> = new Uint8Array();
  #words: Uint32Array<ArrayBufferLike> = new Uint32Array();
  #wide: WideBytes | undefined;
  #roomAt = 0;
  #roomFor = 0;
  /** Where the engine writes the numbers of the rules that match; until a rule is added. */
  #matchedAt: number | undefined;

  constructor(rules: Record<string, JsonSource> = {}) {
    this.#held = hold<EngineRuleSet>("this rule set", (engine) => new engine.EngineRuleSet());
    for (const [name, pattern] of Object.entries(rules)) this.add(name, pattern);
  }

  /** Adds a rule; one of the same name is replaced. Throws `InvalidEventPatternException`, and changes nothing then. */
  add(name: string, pattern: JsonSource): void {
    const [known, text] = [stringOf(name, NAME), textOf(pattern, "a pattern")];
    this.#matchedAt = undefined;
    this.#names.set(
      this.#held.use((set) => set.add(known, text)),
      name,
    );
  }

  /** Removes a rule. Whether there was one of this name. */
  remove(name: string): boolean {
    const known = stringOf(name, NAME);
    return this.#held.use((set) => set.remove(known));
  }

  /** How many rules there are. */
  get size(): number {
    return this.#held.use((set) => set.size());
  }

  /** The names of the rules that an event (JSON as text or bytes, or an object) matches, in order. Throws `InvalidEventError`. */
  match(event: JsonSource | Uint8Array): string[] {
    const json = typeof event === "string" || isBytes(event) ? event : textOf(event, "an event");
    return this.#held.use((set) => {
      let [length, found] = [json.length, typeof json === "string" ? this.#runWide(set, json) : NOT_WIDE];
      if (found === NOT_WIDE) {
        length = this.#write(set, json);
        found = set.run(length);
      }
      if (found < 0) set.complain(length);
      return found > 0 ? this.#matched(set, found) : [];
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
        const names = this.#names.of(told, at + 1, end - at - 1);
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

  /** The names of the rules that matched last, whose numbers are read where they stand: a copy would cost more than the match. */
  #matched(set: EngineRuleSet, count: number): string[] {
    this.#matchedAt ??= set.matched_at() / Uint32Array.BYTES_PER_ELEMENT;
    if (this.#words.length === 0) this.#words = new Uint32Array(this.#view().buffer);
    return this.#names.of(this.#words, this.#matchedAt, count);
  }

  /** Matches a text that is written as JavaScript has it; `NOT_WIDE` where that cannot be done, or not of this text. */
  #runWide(set: EngineRuleSet, event: string): number {
    if (event.length > LONGEST_WIDE) return NOT_WIDE;
    const length = event.length * 2;
    const room = this.#room(set, length);
    const bytes = this.#wideView();
    if (bytes === undefined) return NOT_WIDE;
    if (bytes.ucs2Write === undefined) bytes.write(event, room, length, "utf16le");
    else bytes.ucs2Write(event, room, length);
    return set.run_wide(event.length);
  }

  /** Where so many bytes may be written: one place, until more is needed. */
  #room(set: EngineRuleSet, length: number): number {
    if (length > this.#roomFor) {
      this.#roomAt = set.room(length);
      this.#roomFor = length;
    }
    return this.#roomAt;
  }

  /** The same memory for Node's own way of writing, where there is one. */
  #wideView(): WideBytes | undefined {
    if (this.#wide === undefined || this.#wide.length === 0) this.#wide = wideBytes(this.#view());
    return this.#wide;
  }

  /** Writes an event into the engine's memory; gives its length in bytes. */
  #write(set: EngineRuleSet, event: string | Uint8Array): number {
    if (typeof event !== "string") {
      const room = this.#room(set, event.length);
      this.#view().set(event, room);
      return event.length;
    }
    // Nearly every event is ASCII, one byte a character; three are the most.
    const room = this.#room(set, event.length);
    const { read, written } = this.#encoder.encodeInto(event, this.#view().subarray(room, room + event.length));
    if (read === event.length) return written;
    const larger = this.#room(set, event.length * 3);
    return this.#encoder.encodeInto(event, this.#view().subarray(larger, larger + event.length * 3)).written;
  }

  /** The engine's memory as it is now: growing replaces the buffer, and leaves views of the old one without elements. */
  #view(): Uint8Array {
    if (this.#memory.length === 0) this.#memory = new Uint8Array(call((engine) => engine.engine_memory()).buffer);
    return this.#memory;
  }
}

/** What Node's `Buffer` can do beside what a `Uint8Array` can. */
interface WideBytes extends Uint8Array {
  write(text: string, offset: number, length: number, encoding: "utf16le"): number;
  /** The same without a look at the encoding; not documented, so it may be missing. */
  ucs2Write?(text: string, offset: number, length: number): number;
}

/** Node writes UTF-16 in a fifth of the time that UTF-8 takes; browsers have no such thing. */
function wideBytes(memory: Uint8Array): WideBytes | undefined {
  const { Buffer } = globalThis as { Buffer?: { from?(buffer: ArrayBufferLike): WideBytes } };
  const bytes = Buffer?.from?.(memory.buffer);
  return typeof bytes?.write === "function" && bytes.buffer === memory.buffer ? bytes : undefined;
}

/** Also of another realm, as in jest, where `instanceof` says no. */
function isBytes(value: unknown): value is Uint8Array {
  if (value instanceof Uint8Array) return true;
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
