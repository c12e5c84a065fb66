// Which function of the engine stands beside which: functions that look alike close together.
//
// gzip finds repeats in the 32 kB before them, and most of the engine is small functions, many made from one piece of source
// for several types. In the order of names gzip takes 477 kB, with alike functions together 463 kB (November 2026). wasm-opt
// can sort functions by name only, so the order is handed to it as names: function `f000017` comes eighteenth.
//
// Alike are functions that share runs of bytes. One function after the other is taken: the one that shares the most with
// those placed last, for its length. The same wasm gives the same order.

const GRAM = 6; // bytes of a run
const COMMON = 200; // a run that more functions have says nothing about likeness, and costs time
const REACH = 28_000; // bytes of code behind that gzip still sees
const FIXED = 40; // bytes added to a length, so that tiny functions do not win by chance

const IMPORTS = 2;
const CODE = 10;
const CUSTOM = 0;
const FUNCTION_NAMES = 1;

/** The wasm with names for its functions, and no other custom section; sorted by them, alike functions stand together. */
export function namedByLikeness(wasm) {
  const all = [...sections(wasm)];
  const imports = all.filter(({ id }) => id === IMPORTS).reduce((sum, { body }) => sum + importedFunctions(body), 0);
  const bodies = all.filter(({ id }) => id === CODE).flatMap(({ body }) => functionBodies(body));
  const kept = all.filter(({ id }) => id !== CUSTOM).map(({ whole }) => whole);
  return Buffer.concat([wasm.subarray(0, 8), ...kept, nameSection(imports, chain(bodies))]);
}

/** A place in wasm bytes, and what is read there. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  get done() {
    return this.at >= this.bytes.length;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** An unsigned number in LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

function* sections(wasm) {
  const reader = new Reader(wasm, 8);
  while (!reader.done) {
    const start = reader.at;
    const id = reader.byte();
    const body = reader.take(reader.number());
    yield { id, body, whole: wasm.subarray(start, reader.at) };
  }
}

function importedFunctions(body) {
  const reader = new Reader(body);
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.take(reader.number());
    reader.take(reader.number());
    const kind = reader.byte();
    if (kind !== 0) throw new Error(`function-order: an import of kind ${kind}, which wasm-bindgen does not write`);
    reader.number();
    functions++;
  }
  return functions;
}

function functionBodies(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.number() }, () => reader.take(reader.number()));
}

/** For each function its place in the new order. */
function chain(bodies) {
  const runs = bodies.map(runsOf);
  const owners = ownersOf(runs);
  const shared = new Int32Array(bodies.length);
  const behind = new Behind(bodies, runs, (run, change) => {
    for (const owner of owners.get(run) ?? []) shared[owner] += change;
  });
  const left = new Set(bodies.keys());
  const places = [];
  for (let next = 0; left.size > 0; next = mostAlike(left, shared, bodies)) {
    places[next] = bodies.length - left.size;
    left.delete(next);
    behind.add(next);
  }
  return places;
}

function mostAlike(left, shared, bodies) {
  let best = -1;
  let bestScore = -1;
  for (const index of left) {
    const score = shared[index] / (bodies[index].length + FIXED);
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}

/** The runs of bytes in a function, as hashes. */
function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + GRAM <= body.length; at++) {
    let hash = 0x811c9dc5;
    for (let next = at; next < at + GRAM; next++) hash = Math.imul(hash ^ body[next], 0x01000193);
    runs.add(hash);
  }
  return runs;
}

/** For each run the functions that have it, where it is more than one and not too many. */
function ownersOf(runs) {
  const owners = new Map();
  for (const [index, own] of runs.entries()) {
    for (const run of own) {
      const list = owners.get(run);
      if (!list) owners.set(run, [index]);
      else if (list.length <= COMMON) list.push(index);
    }
  }
  for (const [run, list] of owners) if (list.length < 2 || list.length > COMMON) owners.delete(run);
  return owners;
}

/** The code that gzip can still refer to, as the runs in it; `report` hears of each run that comes (1) or goes (-1). */
class Behind {
  constructor(bodies, runs, report) {
    Object.assign(this, { bodies, runs, report, queue: [], first: 0, bytes: 0, counts: new Map() });
  }
  add(index) {
    this.queue.push(index);
    this.bytes += this.bodies[index].length;
    this.count(index, 1);
    while (this.bytes > REACH && this.first < this.queue.length - 1) {
      const oldest = this.queue[this.first++];
      this.bytes -= this.bodies[oldest].length;
      this.count(oldest, -1);
    }
  }
  count(index, change) {
    for (const run of this.runs[index]) {
      const before = this.counts.get(run) ?? 0;
      this.counts.set(run, before + change);
      if (before === 0 || before + change === 0) this.report(run, change);
    }
  }
}

/** A name section. Imports cannot move, but a name section that leaves functions out is taken as none. */
function nameSection(imports, places) {
  const nameOf = (index) => (index < imports ? `a${index}` : `f${String(places[index - imports]).padStart(6, "0")}`);
  const count = imports + places.length;
  const names = Array.from({ length: count }, (_, index) => Buffer.concat([leb(index), text(nameOf(index))]));
  const body = Buffer.concat([leb(count), ...names]);
  const section = Buffer.concat([text("name"), Buffer.of(FUNCTION_NAMES), leb(body.length), body]);
  return Buffer.concat([Buffer.of(CUSTOM), leb(section.length), section]);
}

const text = (value) => Buffer.concat([leb(value.length), Buffer.from(value)]);

function leb(value) {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
