/**
 * One run of the engine, and its answer sorted by the rules on the page.
 *
 * There is a simulator for each change, so nothing of the run before can leak into the next.
 */
import type {
  Diagnostic,
  Graph,
  Invocation,
  LeafResult,
  LoopReport,
  ScenarioCall,
  TraceNode,
  TraceRule,
} from "../../../src/js/types.js";
import type { Draft, EventDraft } from "./draft.js";
import type { Engine, Simulation } from "./engine.js";
import { compared, type Expected } from "./expected.js";
import { EFFECTS_KEY, type FieldKey } from "./fields.js";
import { isObject, type JsonObject } from "./json-text.js";
import { type Marks, missesInEvent, missesInPattern, NO_MARKS } from "./misses.js";
import { within } from "./places.js";
import { problemOf } from "./problem.js";
import { callsOf, ruleArn, type Texts } from "./scenario.js";
import type { Worlds } from "./worlds.js";

/** More rules than this are not drawn, and their graph is not asked for. */
const MOST_DRAWN = 150;

/** What the engine says of a run, as plain data. */
export interface Happened {
  trace: TraceNode[];
  loops: LoopReport[];
  /** Null where there is more than a picture can hold. */
  graph: Graph | null;
  /** By the rule's id in the draft. */
  firings: Map<string, Firings>;
  /** Where all of the scenario was played. */
  expected?: Expected;
}

/** What the clock shows, and when a rule's schedule fires next. */
export interface Firings {
  now: string;
  next: string[];
}

export interface Run extends Happened {
  /** Every delivery, in the order in which they were made. */
  deliveries: Made[];
  /** The event that was sent last. */
  current: TraceNode | undefined;
  /** By the rule's id in the draft. */
  verdicts: ReadonlyMap<string, Verdict>;
}

/** A delivery, and the ARN of the rule that made it. */
export type Made = Omit<Invocation, "event">;

/** What a rule said to the event, and to all that followed from it. */
export interface Verdict {
  arn: string;
  /** To the event itself; `not-asked`: it went to another bus. */
  outcome: TraceRule["outcome"] | "not-asked";
  reason?: string;
  /** Leaf by leaf; worked out when somebody looks. */
  readonly leaves: LeafResult[];
  /** What to underline in the two editors when the rule does not match; worked out when somebody looks. */
  readonly misses: { pattern: Marks; event: Marks };
  /** When its schedule fires next, if it has one. */
  firings?: Firings;
  /** How often the rule matched, follow-up events included. */
  fired: number;
}

/** Throws what the engine throws. */
export function happen(
  worlds: Worlds,
  draft: Draft,
  moments: EventDraft[],
  texts: Texts,
  wanted: JsonObject | undefined,
): Happened {
  const simulation = worlds.after(draft, moments, texts);
  try {
    return {
      trace: simulation.trace(),
      loops: simulation.observedLoops(),
      graph: draft.rules.length > MOST_DRAWN ? null : simulation.graph(),
      firings: firingsOf(simulation, draft),
      ...(wanted && moments.length === draft.events.length ? { expected: compared(simulation, wanted) } : {}),
    };
  } finally {
    simulation.free();
  }
}

/** `event`: the text that was sent last, if it was one. */
export function runOf(engine: Engine, happened: Happened, draft: Draft, texts: Texts, event: string | null): Run {
  const current = happened.trace.at(-1);
  const asked = new Map(current?.rules.map((rule) => [rule.rule, rule]) ?? []);
  const { fired, deliveries } = followed(happened.trace);
  const verdicts = new Map<string, Verdict>();
  for (const rule of draft.rules) {
    const arn = ruleArn(rule, draft);
    const answer = asked.get(arn);
    const of = { engine, pattern: texts.pattern(rule) ?? "", event: event ?? "", seen: answer && current?.event };
    const firings = happened.firings.get(rule.id);
    verdicts.set(rule.id, new Judged(arn, answer, of, fired.get(arn) ?? 0, firings));
  }
  return { ...happened, current, verdicts, deliveries };
}

/** What a verdict is about. */
interface About {
  engine: Engine;
  pattern: string;
  /** As typed, and as the rule has seen it. */
  event: string;
  seen: TraceNode["event"] | undefined;
}

/** Two hundred rules are mostly folded away, and each explanation costs as much as the rule's own verdict. */
class Judged implements Verdict {
  readonly arn: string;
  readonly outcome: Verdict["outcome"];
  readonly fired: number;
  declare readonly reason?: string;
  declare readonly firings?: Firings;
  readonly #about: About;
  #leaves: LeafResult[] | undefined;
  #misses: Verdict["misses"] | undefined;

  constructor(arn: string, answer: TraceRule | undefined, about: About, fired: number, firings: Firings | undefined) {
    this.arn = arn;
    this.outcome = answer?.outcome ?? "not-asked";
    this.fired = fired;
    this.#about = about;
    if (answer?.reason !== undefined) this.reason = answer.reason;
    if (firings !== undefined) this.firings = firings;
  }

  get leaves(): LeafResult[] {
    this.#leaves ??= leavesOf(this.#about);
    return this.#leaves;
  }

  get misses(): Verdict["misses"] {
    const { engine, pattern, event } = this.#about;
    this.#misses ??= this.outcome === "no-match" ? missesOf(engine, pattern, event, this.leaves) : NO_MISSES;
    return this.#misses;
  }
}

/** The next times of the rules that have a schedule. */
function firingsOf(simulation: Simulation, draft: Draft): Map<string, Firings> {
  const firings = new Map<string, Firings>();
  for (const rule of draft.rules) {
    if (!rule.enabled || !rule.extra.ScheduleExpression) continue;
    const next = simulation.schedule({ rule: ruleArn(rule, draft) });
    firings.set(rule.id, { now: simulation.now(), next });
  }
  return firings;
}

const NO_MISSES = { pattern: NO_MARKS, event: NO_MARKS };

function missesOf(engine: Engine, pattern: string, event: string, leaves: LeafResult[]): Verdict["misses"] {
  return { pattern: missesInPattern(pattern, leaves), event: missesInEvent(engine, pattern, event, leaves) };
}

function leavesOf({ engine, pattern, seen }: About): LeafResult[] {
  if (!seen || pattern.trim() === "") return [];
  try {
    return engine.explain(pattern, JSON.stringify(seen)).leaves;
  } catch {
    return []; // past the engine's step bound; the trace says so
  }
}

/** How often each rule matched, and what was delivered. What follows from an event comes after all that the event itself caused. */
function followed(trace: TraceNode[]): { fired: Map<string, number>; deliveries: Made[] } {
  const fired = new Map<string, number>();
  const deliveries: Made[] = [];
  for (const root of trace) {
    const open = [root];
    // What is put behind is walked too.
    for (const node of open) {
      for (const { rule, outcome, invocations } of node.rules) {
        if (outcome === "matched") fired.set(rule, (fired.get(rule) ?? 0) + 1);
        for (const { emitted, skippedEffects: _, loop: __, ...made } of invocations) {
          deliveries.push({ ...made, rule });
          open.push(...emitted);
        }
      }
    }
  }
  return { fired, deliveries: deliveries.sort((one, other) => compareText(one.time, other.time)) };
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What in a draft the service refuses, by asking it piece by piece. `key` is null where no text is to blame. */
export function blame(engine: Engine, draft: Draft, texts: Texts): { key: FieldKey | null; diagnostic: Diagnostic }[] {
  const simulation = new engine.Simulator(draft.options);
  const found: { key: FieldKey | null; diagnostic: Diagnostic }[] = [];
  try {
    for (const { key, call } of callsOf(draft, texts)) {
      try {
        invoke(simulation, call);
      } catch (thrown) {
        found.push({ key, diagnostic: problemOf(thrown) });
      }
    }
    const wrong = effectsProblem(simulation, draft, texts.effects ?? "");
    if (wrong) found.push({ key: EFFECTS_KEY, diagnostic: wrong });
  } finally {
    simulation.free();
  }
  return found;
}

function invoke(simulation: Simulation, call: ScenarioCall): void {
  const { account, region } = call;
  const output = simulation.invoke(call.operation, isObject(call.input) ? call.input : {}, {
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  });
  const failed = (output as { FailedEntries?: { TargetId: string; ErrorCode: string; ErrorMessage: string }[] })
    .FailedEntries?.[0];
  if (failed) throw new Error(`target ${failed.TargetId}: ${failed.ErrorMessage}`);
}

function effectsProblem(simulation: Simulation, draft: Draft, effects: string): Diagnostic | undefined {
  if (effects.trim() === "") return undefined;
  const before = `{"version":1,"options":${JSON.stringify(draft.options)},"calls":[],"effects":`;
  try {
    simulation.load(`${before}${effects}}`);
    return undefined;
  } catch (thrown) {
    return within(problemOf(thrown), before.length, effects);
  }
}
