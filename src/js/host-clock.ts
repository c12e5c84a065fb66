/**
 * The option `clock: "system"`: the simulator's clock goes as the host's does.
 *
 * There is no timer, so nothing keeps a process alive or happens behind one's back: before each call the simulator is brought up
 * to the host's time, and what fell due until then happens in its order. Whoever moves the clock by hand moves it from then
 * on: it is anchored anew and never goes back. (`createServer` has a clock of its own, with a timer, in server/clock.ts.)
 */

import { dateOf } from "./json.js";
import type { GivenOptions, SimulatorOptions } from "./types.js";

/** The host's time as the simulator sees it. */
export class HostClock {
  #from = { host: Date.now(), simulated: Date.now() };
  #isMoving = false;
  readonly #given: GivenOptions["now"];

  constructor(now: GivenOptions["now"]) {
    this.#given = now;
  }

  /** Where a new world begins. */
  begin(): Date {
    return dateOf(this.#given ?? new Date());
  }

  /** From here it goes on. */
  anchor(simulated: number): void {
    this.#from = { host: Date.now(), simulated };
  }

  /** Moves a clock that stands at `now` up to the host's time. What the move itself calls does not move it again. */
  catchUp(now: () => number, move: (time: string) => void): void {
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      const due = this.#from.simulated + Math.max(0, Date.now() - this.#from.host);
      if (due > now()) move(new Date(due).toISOString());
    } finally {
      this.#isMoving = false;
    }
  }
}

/** The clock that these options ask for, and what is left of them for the engine, which knows of no host. */
export function clockIn(options: GivenOptions): { host?: HostClock; options: SimulatorOptions } {
  const { clock, now, ...rest } = options;
  if (clock === "system") {
    const host = new HostClock(now);
    return { host, options: { ...rest, now: host.begin().toISOString() } };
  }
  const begin = now instanceof Date ? dateOf(now).toISOString() : now;
  return { options: { ...rest, ...(clock !== undefined && { clock }), ...(begin !== undefined && { now: begin }) } };
}
