/**
 * The host's clock drives the simulator's: what fell due between two requests has happened before the second is answered.
 *
 * `scale` seconds pass in the simulator for each of the host's. Whoever moves the simulator's clock by hand moves it from
 * then on: the clock is anchored anew and never goes back.
 */

import type { Simulator } from "../simulator.js";

/** How often the clock moves while nobody asks. */
const every = 250;

export interface HostClock {
  /** Brings the simulator up to the host's time. */
  tick(): void;
  /** The simulator's clock was set by hand, or its world replaced: from here it goes on. */
  anchor(): void;
  stop(): void;
}

/** Starts the clock of a simulator. `onTick` is called after each move that nobody asked for. */
export function hostClock(
  simulator: Simulator,
  scale: number,
  onTick: () => void,
  log: (line: string) => void,
): HostClock {
  const host = Date.now();
  // A world that was kept in a file catches up with what fell due meanwhile, as the service does not stop either.
  let from = { host, simulated: scale === 1 ? Math.max(host, simulator.nowMillis()) : simulator.nowMillis() };
  const tick = (): void => {
    const now = Math.floor(from.simulated + (Date.now() - from.host) * scale);
    try {
      if (now > simulator.nowMillis()) simulator.runUntil(new Date(now));
    } catch (thrown) {
      // More fell due than one move does: the clock has stopped there, and the next tick goes on.
      log(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  const timer = setInterval(() => {
    tick();
    onTick();
  }, every);
  timer.unref();
  return {
    tick,
    anchor: () => {
      from = { host: Date.now(), simulated: simulator.nowMillis() };
    },
    stop: () => clearInterval(timer),
  };
}

/** The clock of a simulator whose time stands until someone moves it. */
export const standingClock: HostClock = { tick: () => undefined, anchor: () => undefined, stop: () => undefined };
