/**
 * What a snapshot is made of: the calls that made the world what it is.
 *
 * The engine is deterministic: the same calls at the same times with the same ids give the same bytes. So a snapshot needs no
 * code for any single thing that the engine keeps (and none that could forget a new one): it is the calls, each with the clock
 * and the place in the sequence of ids at which it was made. A dump of the engine's memory would be exact too, but would hold for
 * the very build that wrote it.
 *
 * Calls that only let events in may leave, oldest first, so that the journal stays bounded: what they left in the record is
 * gone by then as well. A call of the control plane stays, unless what it made is gone again (`compact.ts`). Because of its
 * mark, each call that stays gives the ids it gave.
 */

import { compacted } from "./compact.js";

/** One call that was answered, where the world stood. */
export interface JournalEntry {
  /** The simulator's clock in milliseconds before the call. */
  at: number;
  /** The place in the sequence of ids before the call. */
  ids: string;
  /** The operation or verb. */
  name: string;
  /** JSON text. */
  input: string;
  /** JSON text: who called. An operation has it, a verb has not. */
  caller?: string;
}

/** What a call leaves behind. */
export type Trace =
  /** Something that lasts until another call changes it. */
  | "lasting"
  /** An event in the record, and what followed from it. */
  | "event"
  /** Nothing. */
  | "nothing";

/** After a cut so many events are left; at twice as many it is time for the next. */
const mostEvents = 5_000;
/** The same in UTF-16 units of their inputs. */
const mostText = 16 * 1024 * 1024;

/** Verbs that only look. */
const looking: ReadonlySet<string> = new Set(
  "analyze expect graph invocations lint loops mark metrics now presets record save schedule".split(" "),
);
/** The time of a call is in its entry; moving the clock is no entry of its own. */
const moving: ReadonlySet<string> = new Set(["advance", "runUntil"]);
const eventual: ReadonlySet<string> = new Set(
  "PutEvents PutPartnerEvents complete emit poll settle trigger".split(" "),
);
/** What outlives `load`: handlers, and the numbers that registrations were given. */
const registering: ReadonlySet<string> = new Set("effect handler removeEffect removeHandler".split(" "));

/** What a call of this operation or verb leaves. A verb that is not known here counts as one that lasts. */
export function leaves(name: string): Trace {
  if (looking.has(name) || moving.has(name) || name === "trace") return "nothing";
  if (eventual.has(name)) return "event";
  return /^(Describe|List|Test)/.test(name) ? "nothing" : "lasting";
}

/** The calls so far. */
export class Journal {
  #entries: JournalEntry[];
  #events = 0;
  #text = 0;
  #dropped: number;

  constructor(entries: readonly JournalEntry[] = [], dropped = 0) {
    this.#entries = [...entries];
    this.#dropped = dropped;
    this.#count();
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** How many calls that let events in have left. */
  get dropped(): number {
    return this.#dropped;
  }

  add(entry: JournalEntry): void {
    // Everything before it is gone from the world.
    if (entry.name === "load") {
      this.#entries = this.#entries.filter(({ name }) => registering.has(name));
      this.#count();
    }
    if (entry.name === "settle" && this.#entries.at(-1)?.name === "settle") return;
    this.#entries.push(entry);
    if (leaves(entry.name) !== "event") return;
    this.#events += 1;
    this.#text += entry.input.length;
    if (this.#events > 2 * mostEvents || this.#text > 2 * mostText) this.#cut();
  }

  /** Lets the oldest events go until half of what may be there is left. */
  #cut(): void {
    let [events, text] = [this.#events, this.#text];
    this.#entries = this.#entries.filter(({ name, input }) => {
      if (leaves(name) !== "event" || (events <= mostEvents && text <= mostText)) return true;
      events -= 1;
      text -= input.length;
      this.#dropped += 1;
      return false;
    });
    [this.#events, this.#text] = [events, text];
    const first = this.#entries.findIndex(({ name }) => leaves(name) === "event");
    this.#entries = [...compacted(this.#entries.slice(0, first)), ...this.#entries.slice(first)];
  }

  #count(): void {
    const events = this.#entries.filter(({ name }) => leaves(name) === "event");
    this.#events = events.length;
    this.#text = events.reduce((sum, { input }) => sum + input.length, 0);
  }
}
