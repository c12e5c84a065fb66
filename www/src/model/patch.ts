/**
 * What makes one value out of another: of two that are nearly the same only the difference travels.
 *
 * Values are plain data: JSON, `undefined`, and maps by strings. They are never changed in place, so parts that are the same
 * object need not be looked into, and what did not change is the same object afterwards too: who draws it sees at once
 * that there is nothing to draw. Where the members are others or stand in another order, the whole is replaced.
 */

export type Patch =
  | { is: unknown }
  /** So many items, and what became of some. */
  | { length: number; items: [number, Patch][] }
  /** The members of an object or a map. */
  | { members: [string, Patch][] };

/** Nothing where both are the same. */
export function difference(before: unknown, after: unknown): Patch | undefined {
  if (before === after) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = changed(after.entries(), (at) => (at < before.length ? { was: before[at] as unknown } : undefined));
    return items.length === 0 && before.length === after.length ? undefined : { length: after.length, items };
  }
  if (before instanceof Map && after instanceof Map) {
    if (!sameNames([...before.keys()], [...after.keys()])) return { is: after };
    return membersOf(changed(after as Map<string, unknown>, (name) => ({ was: before.get(name) as unknown })));
  }
  if (isPlain(before) && isPlain(after)) {
    if (!sameNames(Object.keys(before), Object.keys(after))) return { is: after };
    return membersOf(changed(Object.entries(after), (name) => ({ was: before[name] })));
  }
  return { is: after };
}

export function patched(before: unknown, patch: Patch | undefined): unknown {
  if (patch === undefined) return before;
  if ("is" in patch) return patch.is;
  if ("items" in patch) {
    const list = (before as unknown[]).slice(0, patch.length);
    for (const [at, item] of patch.items) list[at] = patched(list[at], item);
    return list;
  }
  if (before instanceof Map) {
    const map = new Map<unknown, unknown>(before);
    for (const [name, member] of patch.members) map.set(name, patched(map.get(name), member));
    return map;
  }
  const object = { ...(before as Record<string, unknown>) };
  for (const [name, member] of patch.members) object[name] = patched(object[name], member);
  return object;
}

/** `after`, of which all that was there before is the object that it was. */
export function settled<Value>(before: Value, after: Value): Value {
  return patched(before, difference(before, after)) as Value;
}

function changed<Key>(
  after: Iterable<[Key, unknown]>,
  before: (key: Key) => { was: unknown } | undefined,
): [Key, Patch][] {
  const found: [Key, Patch][] = [];
  for (const [key, value] of after) {
    const known = before(key);
    const patch = known ? difference(known.was, value) : { is: value };
    if (patch) found.push([key, patch]);
  }
  return found;
}

function membersOf(members: [string, Patch][]): Patch | undefined {
  return members.length === 0 ? undefined : { members };
}

function sameNames(one: unknown[], other: unknown[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

/** One end of a line on which values travel as differences, in order and none left out. */
export class Line<Out, In> {
  #sent: unknown;
  #received: unknown;

  pack(value: Out): Patch | undefined {
    const patch = difference(this.#sent, value);
    this.#sent = value;
    return patch;
  }

  unpack(patch: Patch | undefined): In {
    this.#received = patched(this.#received, patch);
    return this.#received as In;
  }
}
