/** Questions to a worker, without a browser: the order of the answers, and what happens when the worker is no more. */
import { expect, test } from "vitest";
import { background } from "../../www/src/model/background.js";

/** Answers by hand. */
class Stub extends EventTarget {
  readonly asked: number[] = [];
  ended = false;

  postMessage(question: number): void {
    this.asked.push(question);
  }

  terminate(): void {
    this.ended = true;
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
  workers[0]?.say({ answer: { of: 1 } });
  await moment();
  expect(workers[0]?.asked).toEqual([1, 4]);
  workers[0]?.say({ answer: { of: 4 } });
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
  workers[0]?.say({ answer: { of: 99 } });
  await moment();
  expect(workers.map((it) => [it.ended, it.asked])).toEqual([
    [true, [1]],
    [false, [2]],
  ]);
  workers[1]?.say({ answer: { of: 2 } });
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
