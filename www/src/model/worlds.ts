/**
 * Worlds that are loaded before they are needed.
 *
 * Most keys change an event and leave the rules alone, and a world of two hundred rules takes longer to load than its event
 * to run. So between two questions the world of the last one is loaded once more, and the next event goes into that. A
 * simulator is still used once only: nothing of one run can leak into another.
 */
import type { Draft, EventDraft } from "./draft.js";
import type { Engine, Simulation } from "./engine.js";
import { arrivals, type Texts, toScenarioText } from "./scenario.js";

export class Worlds {
  readonly #engine: Engine;
  /** The world that was asked for last, and the one before it. */
  #world = "";
  #before = "";
  #options: Draft["options"] = {};
  #ready: Simulation | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** A simulator in which all of this has happened; nothing where a scenario has to be loaded for it. */
  after(draft: Draft, moments: EventDraft[], texts: Texts): Simulation | undefined {
    const ready = this.#take(toScenarioText(draft, [], texts), draft.options);
    const events = ready && arrivals(draft, moments, texts);
    try {
      for (const event of events ?? []) {
        if ("envelope" in event) ready?.emit(event.envelope);
        else if (hasFailed(ready?.invoke("PutEvents", { Entries: [event.entry] }))) throw new Error("refused");
      }
      if (events) return ready;
    } catch {
      // What was refused is told by the scenario, with its place.
    }
    ready?.free();
    return undefined;
  }

  /** Loads the last world once more, unless it is the rules that are being typed. */
  prepare(): void {
    if (this.#ready || this.#world === "" || this.#world !== this.#before) return;
    const simulation = new this.#engine.Simulator(this.#options);
    try {
      simulation.load(this.#world);
      this.#ready = simulation;
    } catch {
      simulation.free();
    }
  }

  #take(world: string, options: Draft["options"]): Simulation | undefined {
    const ready = this.#ready;
    const same = world === this.#world;
    this.#before = this.#before === "" ? world : this.#world;
    this.#world = world;
    this.#options = options;
    this.#ready = undefined;
    if (same) return ready;
    ready?.free();
    return undefined;
  }
}

function hasFailed(output: unknown): boolean {
  return (output as { FailedEntryCount?: number } | undefined)?.FailedEntryCount !== 0;
}
