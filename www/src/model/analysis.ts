/**
 * What the rules and effects of a draft say without any event: the loops they can fall into, how two patterns lie, and
 * what a loop comes to in a day.
 */
import type { Comparison, EventEnvelope, LoopAnalysis, LoopReport, RuleFinding } from "../../../src/js/types.js";
import { type BusAt, busAt, busKey, DEFAULT_BUS } from "./buses.js";
import type { Draft, RuleDraft } from "./draft.js";
import type { Engine } from "./engine.js";
import { problemOf } from "./problem.js";
import { roundOf } from "./round.js";
import { ruleArn, type Texts, toScenarioText } from "./scenario.js";

/** The world before anything happens. */
export function worldText(draft: Draft, texts: Texts): string {
  return toScenarioText(draft, [], texts);
}

export interface Question {
  ask: "analyse";
  options: Draft["options"];
  world: string;
}

/** What the rules say without any event: the loops, and what they probably get wrong together. */
export interface Analysed {
  loops: LoopAnalysis;
  findings: RuleFinding[];
}

/** Why nothing could be analysed: a world that cannot be loaded. */
export type Outcome = Analysed | { failure: string };

export function analyse(engine: Engine, { options, world }: Question): Outcome {
  const simulation = new engine.Simulator(options);
  try {
    simulation.load(world);
    return { loops: simulation.analyzeLoops(), findings: simulation.lint() };
  } catch (thrown) {
    // An engine that has stopped says so at the next call too, and whoever asked is to know.
    simulation.now();
    return { failure: problemOf(thrown).message };
  } finally {
    simulation.free();
  }
}

export function ruleOf(arn: string, draft: Draft): RuleDraft | undefined {
  return draft.rules.find((rule) => ruleArn(rule, draft) === arn);
}

/** The bus that an ARN names. */
function busOfArn(arn: string): BusAt {
  const [, , , region = "", account = "", rest = ""] = arn.split(":");
  return { name: rest.replace(/^event-bus\//, ""), account, region };
}

/** Where the page can send an event into the loop: services send theirs to the scenario's default bus only. */
export function entranceOf(loop: LoopReport, draft: Draft): { event: EventEnvelope; bus: BusAt } | undefined {
  if (!loop.witness) return undefined;
  const home = busKey(busAt(DEFAULT_BUS, {}, draft));
  return roundOf(loop.path)
    .map(({ event, bus }) => ({ event, bus: busOfArn(bus) }))
    .find(({ event, bus }) => !event.source.startsWith("aws.") || busKey(bus) === home);
}

/** Whether a pattern that was read and written again may hold other numbers than before. */
export function losesDigits(pattern: string): boolean {
  return /[\d.]{17}/.test(pattern);
}

/** Whether the events that ran fell into this loop, wherever they entered it. */
export function wasSeen(loop: LoopReport, seen: readonly LoopReport[]): boolean {
  const names = (it: LoopReport): string => [...it.rules].sort().join();
  return seen.some((it) => names(it) === names(loop));
}

/** What a reader says of a loop. */
export interface Rates {
  /** Seconds that one round takes. */
  seconds: number;
  /** USD for a million events. */
  price: number;
}

/** A function that answers within a second, and what EventBridge takes for events that an application puts. */
export const RATES: Rates = { seconds: 1, price: 1 };

/** What one event that goes round comes to; `events` come about in each round. */
export function costOf(events: number, rates: Rates): { rounds: number; cost: number } {
  const rounds = 86_400 / rates.seconds;
  return { rounds, cost: (rounds * events * rates.price) / 1_000_000 };
}

/** In words, how the events of two rules lie. */
export const relations: Record<Comparison["relation"], string> = {
  equal: "Both match the same events.",
  subset: "Whatever the first matches, the second matches too, and more.",
  superset: "Whatever the second matches, the first matches too, and more.",
  overlapping: "Some events match both, and each rule has events of its own.",
  disjoint: "No event matches both.",
  unknown: "How they lie could not be found out.",
};
