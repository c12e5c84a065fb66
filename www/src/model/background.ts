/**
 * Questions to a worker: plain data goes out, plain data comes back, and typing never waits. Of a question and of an answer
 * only what is new since the last one travels (`patch.ts`).
 *
 * One question is under way at a time; of those that are asked meanwhile only the last is answered, so answers come in the
 * order of their questions. The worker is started with the first question. Where there is none to be had, or one that never
 * comes to life, every answer is `"here"`: whoever asked does the work. An engine that stops over a question is told as
 * `stopped`, because it would stop here too; the next question gets a new worker.
 */

import { Line, type Patch } from "./patch.js";

/** What a worker is posted. */
export interface Letter {
  patch: Patch | undefined;
}

/** What a worker posts. */
export type Reply =
  | { answer: Patch | undefined }
  /** The engine has stopped, or, where it is not `started`, was never there. */
  | { stopped: string; started: boolean };

export interface Background<Question, Answer> {
  ask(question: Question, answered: (answer: Answer | { stopped: string } | "here") => void): void;
}

/** A worker that stops again and again is done without. */
const MOST_STOPS = 3;

export function background<Question, Answer extends object>(
  start: () => Promise<Worker>,
): Background<Question, Answer> {
  interface Asked {
    question: Question;
    answered: (answer: Answer | { stopped: string } | "here") => void;
  }
  let current: Asked | undefined;
  let waiting: Asked | undefined;
  let worker: Promise<Worker | undefined> | undefined;
  let line = new Line<Question, Answer>();
  let stops = 0;

  const send = (asked: Asked): void => {
    current = asked;
    worker ??= begin();
    void worker.then((it) => (it ? it.postMessage(letter(asked.question)) : settle("here")));
  };
  const letter = (question: Question): Letter => ({ patch: line.pack(question) });
  const settle = (answer: Answer | { stopped: string } | "here"): void => {
    const asked = current;
    current = undefined;
    asked?.answered(answer);
    const next = waiting;
    waiting = undefined;
    if (next) send(next);
  };
  const begin = (): Promise<Worker | undefined> =>
    start().then(
      (it) => {
        const end = (again: Promise<undefined> | undefined): void => {
          listening.abort();
          it.terminate();
          worker = again;
        };
        line = new Line();
        const listening = new AbortController();
        const { signal } = listening;
        it.addEventListener(
          "message",
          ({ data }: MessageEvent<Reply>) => {
            if ("answer" in data) return settle(line.unpack(data.answer));
            stops += 1;
            const again = data.started && stops < MOST_STOPS;
            end(again ? undefined : NOBODY);
            settle(data.started ? { stopped: data.stopped } : "here");
          },
          { signal },
        );
        it.addEventListener(
          "error",
          () => {
            end(NOBODY);
            settle("here");
          },
          { signal },
        );
        return it;
      },
      () => undefined,
    );

  return {
    ask(question, answered) {
      const asked = { question, answered };
      if (current) waiting = asked;
      else send(asked);
    },
  };
}

const NOBODY = Promise.resolve(undefined);
