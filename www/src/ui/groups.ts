/**
 * A long list in groups, of which those out of sight are skipped whole: the browser has a few boxes to watch instead of
 * hundreds.
 *
 * An item stays in its group as long as it is in the list, because an element that goes to another parent is made anew and
 * forgets its cursor. A new item joins the group before it.
 */

export interface Group<Item> {
  number: number;
  /** More than 0 where the group stands in several parts. */
  part: number;
  items: Item[];
}

export class Groups {
  readonly #size: number;
  #numbers = new Map<string, number>();
  /** The number of the next new group. */
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  of<Item extends { id: string }>(items: readonly Item[]): Group<Item>[] {
    const before = this.#numbers;
    const first = this.#next;
    this.#numbers = new Map();
    const groups: Group<Item>[] = [];
    let number = -1;
    for (const item of items) {
      const last = groups.at(-1);
      // A group that was there has room for what is put into its middle.
      const room = number < first ? 2 * this.#size : this.#size;
      const mine = before.get(item.id) ?? (last && last.items.length < room ? number : this.#next++);
      this.#numbers.set(item.id, mine);
      if (last && mine === number) last.items.push(item);
      // What was put between may have divided a group.
      else groups.push({ number: mine, part: groups.filter((it) => it.number === mine).length, items: [item] });
      number = mine;
    }
    return groups;
  }
}
