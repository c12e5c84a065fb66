/**
 * The world that a draft describes, loaded once.
 *
 * Most keys change an event and leave the rules alone, and of two hundred rules one is typed at a time. So the world without
 * its events is kept, and each answer comes from a fork of it, in which are played first the calls that make the rules what
 * they are by now, then the events. Whatever a few calls cannot say, or may say otherwise than the scenario, is loaded anew.
 * What is kept has no past, so nothing of one answer can leak into the next.
 *
 * To load a large world takes longer than anybody who types should wait. Worlds that are `loadedAhead` never do it for an
 * answer: they throw `NOT_LOADED`, and somebody loads them in pieces (`near.ts`).
 */
import type { ScenarioCall } from "../../../src/js/types.js";
import type { Draft, EventDraft } from "./draft.js";
import type { Engine, Simulation } from "./engine.js";
import { isObject } from "./json-text.js";
import { callsOf, type Keyed, ruleCalls, type Texts, toPlayText, toScenarioText } from "./scenario.js";

/** Thrown by worlds that are loaded ahead, where they would have to be loaded for the answer. */
export const NOT_LOADED = new Error("this world is not loaded yet");

/** With more changes than these the world is loaded anew. */
const MOST_CHANGES = 8;

/** A draft without its events. */
interface World {
  /** All but the rules, as a text. */
  others: string;
  rules: readonly (readonly Keyed[])[];
}

export class Worlds {
  readonly engine: Engine;
  readonly #loadedAhead: boolean;
  #loaded: { world: World; simulation: Simulation } | undefined;

  constructor(engine: Engine, { loadedAhead = false } = {}) {
    this.engine = engine;
    this.#loadedAhead = loadedAhead;
  }

  /** Takes a simulator in which this draft stands, without its events. */
  adopt(simulation: Simulation, draft: Draft, texts: Texts): void {
    this.free();
    this.#loaded = { world: worldOf(draft, texts), simulation };
  }

  /** A simulator in which all of this has happened. Throws what the engine throws. */
  after(draft: Draft, moments: EventDraft[], texts: Texts): Simulation {
    const world = worldOf(draft, texts);
    const changes = this.#changes(world, draft);
    if (this.#loaded && changes) {
      try {
        return this.#loaded.simulation.fork(toPlayText(changes, draft, moments, texts));
      } catch (thrown) {
        // Where the changes are none, or can be made, it is an event that is refused.
        if (this.#takes(changes, draft, texts)) throw thrown;
      }
    }
    return this.#load(world, draft, texts).fork(toPlayText([], draft, moments, texts));
  }

  /** Whether this world can be loaded, so that only what happens in it can be refused. */
  stands(draft: Draft, texts: Texts): boolean {
    const world = worldOf(draft, texts);
    const changes = this.#changes(world, draft);
    if (changes && this.#takes(changes, draft, texts)) return true;
    try {
      this.#load(world, draft, texts);
      return true;
    } catch (thrown) {
      if (thrown === NOT_LOADED) throw thrown;
      return false;
    }
  }

  free(): void {
    this.#loaded?.simulation.free();
    this.#loaded = undefined;
  }

  /** Whether these changes can be made of the loaded world. */
  #takes(changes: ScenarioCall[], draft: Draft, texts: Texts): boolean {
    if (changes.length === 0) return true;
    try {
      this.#loaded?.simulation.fork(toPlayText(changes, draft, [], texts)).free();
      return this.#loaded !== undefined;
    } catch {
      return false; // the whole may stand all the same
    }
  }

  /** The calls that lead from the loaded world to this one, if there are such. */
  #changes(world: World, draft: Draft): ScenarioCall[] | undefined {
    const before = this.#loaded?.world;
    if (before?.others !== world.others || before.rules.length !== world.rules.length) return undefined;
    const changes: ScenarioCall[] = [];
    for (const [at, calls] of world.rules.entries()) {
      const was = before.rules[at];
      if (was === calls) continue;
      const changed = changesOf(was ?? [], calls, draft);
      if (!changed) return undefined;
      changes.push(...changed);
    }
    return changes.length > MOST_CHANGES ? undefined : changes;
  }

  #load(world: World, draft: Draft, texts: Texts): Simulation {
    if (this.#loadedAhead) throw NOT_LOADED;
    this.free();
    const simulation = new this.engine.Simulator(draft.options);
    try {
      simulation.load(toScenarioText(draft, [], texts));
    } catch (thrown) {
      simulation.free();
      throw thrown;
    }
    this.#loaded = { world, simulation };
    return simulation;
  }
}

function worldOf(draft: Draft, texts: Texts): World {
  const { options, handlers, rules } = draft;
  const others = [options, handlers, texts.effects, callsOf({ ...draft, rules: [] }, texts)];
  return { others: JSON.stringify(others), rules: rules.map((rule) => ruleCalls(rule, texts)) };
}

/** The calls that make of one rule the other. */
function changesOf(before: readonly Keyed[], now: readonly Keyed[], draft: Draft): ScenarioCall[] | undefined {
  const [[rule, targets], [newRule, newTargets]] = [before.map(({ call }) => call), now.map(({ call }) => call)];
  if (same(rule, newRule) && same(targets, newTargets)) return [];
  if (!rule || !newRule || !isReplaced(rule, newRule) || !isAlone(newRule, draft)) return undefined;
  const put = same(rule, newRule) ? [] : [newRule];
  if (same(targets, newTargets)) return put;
  return [...put, ...(targets ? [removal(targets)] : []), ...(newTargets ? [newTargets] : [])];
}

/** Whether the second PutRule leaves nothing of the first. Tags stay as they were, and a schedule begins anew. */
function isReplaced(rule: ScenarioCall, by: ScenarioCall): boolean {
  const kept = ({ input, ...rest }: ScenarioCall) => {
    const { EventPattern: _, State: __, Description: ___, RoleArn: ____, ...others } = isObject(input) ? input : {};
    return { ...rest, others };
  };
  return same(kept(rule), kept(by)) && !(isObject(by.input) && "ScheduleExpression" in by.input);
}

/** Whether no other rule and no other call may be about this rule: their order would count. */
function isAlone({ input }: ScenarioCall, draft: Draft): boolean {
  const name = isObject(input) ? input.Name : undefined;
  if (typeof name !== "string" || JSON.stringify(draft.calls).includes(name)) return false;
  return draft.rules.filter((rule) => rule.name === name).length === 1;
}

/** PutTargets leaves targets that it does not name, so those that were there go first. */
function removal({ input, ...rest }: ScenarioCall): ScenarioCall {
  const { Targets, ...rule } = isObject(input) ? input : {};
  const targets = Array.isArray(Targets) ? Targets : [];
  const ids = targets.flatMap((target) => (isObject(target) && target.Id !== undefined ? [target.Id] : []));
  return { ...rest, operation: "RemoveTargets", input: { ...rule, Ids: ids } };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
