/** Questions to a worker, without a browser: the order of the answers, and what happens when the worker is no more. */
import { expect, test } from "vitest";
import { background, type Letter } from "../../www/src/model/background.js";
import { difference, Line, patched, settled } from "../../www/src/model/patch.js";

/** Answers by hand. */
class Stub extends EventTarget {
  readonly asked: number[] = [];
  ended = false;
  readonly #line = new Line<unknown, number>();

  postMessage({ patch }: Letter): void {
    this.asked.push(this.#line.unpack(structuredClone(patch)));
  }

  terminate(): void {
    this.ended = true;
  }

  answer(of: number): void {
    this.say({ answer: structuredClone(this.#line.pack({ of })) });
  }

  say(data: object): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

function desk() {
  const workers: Stub[] = [];
  const told: unknown[] = [];
  const { ask } = background<number, { of: number }>(() => {
    const worker = new Stub();
    workers.push(worker);
    return Promise.resolve(worker as unknown as Worker);
  });
  const put = (question: number): void => ask(question, (answer) => told.push([question, answer]));
  return { workers, told, put };
}

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("one question is under way at a time, and of those asked meanwhile the last is answered", async () => {
  const { workers, told, put } = desk();
  for (const question of [1, 2, 3, 4]) put(question);
  await moment();
  expect(workers[0]?.asked).toEqual([1]);
  workers[0]?.answer(1);
  await moment();
  expect(workers[0]?.asked).toEqual([1, 4]);
  workers[0]?.answer(4);
  expect(told).toEqual([
    [1, { of: 1 }],
    [4, { of: 4 }],
  ]);
  expect(workers).toHaveLength(1);
});

test("an engine that stops is told, what waits goes to a new worker, and the old one is not heard again", async () => {
  const { workers, told, put } = desk();
  put(1);
  put(2);
  await moment();
  workers[0]?.say({ stopped: "unreachable", started: true });
  workers[0]?.answer(99);
  await moment();
  expect(workers.map((it) => [it.ended, it.asked])).toEqual([
    [true, [1]],
    [false, [2]],
  ]);
  workers[1]?.answer(2);
  expect(told).toEqual([
    [1, { stopped: "unreachable" }],
    [2, { of: 2 }],
  ]);
});

test.for([
  ["cannot be loaded", (worker: Stub) => worker.dispatchEvent(new Event("error"))],
  ["has no engine", (worker: Stub) => worker.say({ stopped: "no wasm", started: false })],
] as const)("where the worker %s, the work is done here from then on", async ([, end]) => {
  const { workers, told, put } = desk();
  put(1);
  await moment();
  for (const worker of workers) end(worker);
  put(2);
  await moment();
  expect(told).toEqual([
    [1, "here"],
    [2, "here"],
  ]);
  expect(workers).toHaveLength(1);
});

test("a worker that stops every time is done without after the third", async () => {
  const { workers, told, put } = desk();
  for (const question of [1, 2, 3, 4]) {
    put(question);
    await moment();
    workers.at(-1)?.say({ stopped: "again", started: true });
  }
  await moment();
  expect(workers).toHaveLength(3);
  expect(told.at(-1)).toEqual([4, "here"]);
});

test("without a worker the work is done here", async () => {
  const told: unknown[] = [];
  const { ask } = background<number, { of: number }>(() => Promise.reject(new Error("none")));
  ask(1, (answer) => told.push(answer));
  await moment();
  expect(told).toEqual(["here"]);
});

test("the same question again is asked again, and the same answer is an answer", async () => {
  const { workers, told, put } = desk();
  for (const _ of ["once", "and again"]) {
    put(7);
    await moment();
    workers[0]?.answer(8);
  }
  expect(workers[0]?.asked).toEqual([7, 7]);
  expect(told).toEqual([
    [7, { of: 8 }],
    [7, { of: 8 }],
  ]);
});

/** Plain data of every kind, chosen by numbers that look random and are the same in every run. */
function some(roll: (sides: number) => number, depth: number): unknown {
  const [kind, size] = [depth === 0 ? roll(4) : roll(7), roll(4)];
  const list = Array.from({ length: size });
  if (kind === 0) return roll(3);
  if (kind === 1) return ["", "a", "b"][roll(3)];
  if (kind === 2) return null;
  if (kind === 3) return undefined;
  if (kind === 4) return list.map(() => some(roll, depth - 1));
  const entries = list.map((): [string, unknown] => [
    ["x", "y", "__proto__", "length"][roll(4)] ?? "",
    some(roll, depth - 1),
  ]);
  if (kind === 5) return new Map(entries);
  return JSON.parse(`{${entries.map(([name, value]) => `"${name}":${JSON.stringify(value) ?? 1}`).join()}}`) as unknown;
}

test("a difference makes of one value the other, whatever they are, and keeps what is the same", () => {
  let state = 1;
  const roll = (sides: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
  for (let round = 0; round < 3_000; round += 1) {
    const [before, after] = [some(roll, 4), some(roll, 4)];
    const untouched = structuredClone(before);
    expect(patched(before, structuredClone(difference(before, after)))).toEqual(after);
    expect(before).toEqual(untouched);
    expect(settled(before, structuredClone(before))).toBe(before);
  }
});

test("what did not change is the object that it was", () => {
  const before: { list: Record<string, unknown>[]; map: Map<string, unknown> } = {
    list: [{ a: 1 }, { b: [2] }],
    map: new Map([["x", { c: 3 }]]),
  };
  const after = settled(before, { list: [{ a: 2 }, { b: [2] }, { d: 4 }], map: new Map([["x", { c: 3 }]]) });
  expect(after).toEqual({ list: [{ a: 2 }, { b: [2] }, { d: 4 }], map: new Map([["x", { c: 3 }]]) });
  expect(after.list[1]).toBe(before.list[1]);
  expect(after.map).toBe(before.map);
});
