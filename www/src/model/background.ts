/**
 * Questions to a worker: plain data goes out, plain data comes back, and typing never waits.
 *
 * One question is under way at a time; of those that are asked meanwhile only the last is answered, so answers come in the
 * order of their questions. The worker is started with the first question. Where there is none to be had, or one that never
 * comes to life, every answer is `"here"`: whoever asked does the work. An engine that stops over a question is told as
 * `stopped`, because it would stop here too; the next question gets a new worker.
 */

/** What a worker posts. */
export type Reply<Answer> =
  | { answer: Answer }
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
  let stops = 0;

  const send = (asked: Asked): void => {
    current = asked;
    worker ??= begin();
    void worker.then((it) => (it ? it.postMessage(asked.question) : settle("here")));
  };
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
        const listening = new AbortController();
        const { signal } = listening;
        it.addEventListener(
          "message",
          ({ data }: MessageEvent<Reply<Answer>>) => {
            if ("answer" in data) return settle(data.answer);
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
