/**
 * The names of rules by the numbers that the engine knows them by, given in order.
 *
 * Sorting the names of each event's rules would take as long as matching where there are many. So once as many were sorted
 * as would pay for sorting them all, each number gets its rank, and ranks are sorted from then on, until a rule changes.
 */

/** Up to so many ranks are put in order one by one: the call of the built-in sort would cost more. */
const FEW = 24;
/** Where more than one in so many rules matches, all ranks are gone through instead. */
const DENSE = 16;

export class Names {
  readonly #names: string[] = [];
  /** All names in order, and the place of each number in there, once it is known. */
  #ordered: string[] | undefined;
  #ranks = new Uint32Array();
  /** Room for the ranks that are sorted, and a mark for each rank. */
  #room = new Uint32Array(FEW);
  #marks = new Uint8Array();
  /** What sorting has cost since the last change: so many names were compared. */
  #compared = 0;

  set(number: number, name: string): void {
    this.#names[number] = name;
    this.#ordered = undefined;
    this.#compared = 0;
  }

  /** The names of so many numbers that stand from a place on. */
  of(numbers: Uint32Array, from: number, count: number): string[] {
    if (count > 1) {
      const ordered = this.#ordered ?? this.#order(count);
      if (ordered !== undefined) return this.#byRank(ordered, numbers, from, count);
    }
    const names: string[] = [];
    for (let at = from; at < from + count; at += 1) names.push(this.#names[numbers[at] ?? 0] ?? "");
    return count > 1 ? names.sort() : names;
  }

  /** Puts all names in order, if that is worth while by now. */
  #order(count: number): string[] | undefined {
    this.#compared += comparisons(count);
    if (this.#compared < comparisons(this.#names.length)) return undefined;
    const name = (number: number) => this.#names[number] ?? "";
    const numbers = Array.from(this.#names, (_, number) => number);
    numbers.sort((one, other) => (name(one) < name(other) ? -1 : Number(name(one) > name(other))));
    this.#ranks = new Uint32Array(numbers.length);
    for (const [rank, number] of numbers.entries()) this.#ranks[number] = rank;
    this.#marks = new Uint8Array(numbers.length);
    this.#ordered = numbers.map(name);
    return this.#ordered;
  }

  #byRank(ordered: string[], numbers: Uint32Array, from: number, count: number): string[] {
    if (count > FEW && count * DENSE > ordered.length) return this.#byMarks(ordered, numbers, from, count);
    if (count > this.#room.length) this.#room = new Uint32Array(count * 2);
    const ranks = this.#room;
    for (let at = 0; at < count; at += 1) ranks[at] = this.#ranks[numbers[from + at] ?? 0] ?? 0;
    if (count > FEW) ranks.subarray(0, count).sort();
    else sortFew(ranks, count);
    const names: string[] = [];
    for (let at = 0; at < count; at += 1) names.push(ordered[ranks[at] ?? 0] ?? "");
    return names;
  }

  #byMarks(ordered: string[], numbers: Uint32Array, from: number, count: number): string[] {
    const marks = this.#marks;
    for (let at = from; at < from + count; at += 1) marks[this.#ranks[numbers[at] ?? 0] ?? 0] = 1;
    // Copied at once, since most names stand where they will stay when many match.
    const names = ordered.slice(0, count);
    let filled = 0;
    for (let rank = 0; rank < marks.length; rank += 1) {
      if (marks[rank] === 0) continue;
      marks[rank] = 0;
      if (filled !== rank) names[filled] = ordered[rank] ?? "";
      filled += 1;
    }
    return names;
  }
}

/** How many comparisons it takes to sort so many, about. */
function comparisons(count: number): number {
  return count * Math.log2(count + 1);
}

function sortFew(numbers: Uint32Array, count: number): void {
  for (let at = 1; at < count; at += 1) {
    const number = numbers[at] ?? 0;
    let place = at;
    for (; place > 0 && (numbers[place - 1] ?? 0) > number; place -= 1) numbers[place] = numbers[place - 1] ?? 0;
    numbers[place] = number;
  }
}
