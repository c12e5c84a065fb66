/**
 * `--state FILE`: a world that outlives its server.
 *
 * The file is a snapshot as JSON, written beside itself and renamed into place, so that it is whole at any time: whoever is
 * killed loses what happened since the last write, at most a second. A lock file with the process's id keeps a second server
 * away; the lock of a process that is no more is taken over. The file holds secrets as they were given, so only its owner
 * may read it.
 */

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { EventBridgeError } from "../errors.js";
import type { Simulator } from "../simulator.js";
import type { Snapshot } from "../world.js";

/** So long after a change the file is written. */
const delay = 500;
/** The locks of this process. */
const held = new Set<string>();

export interface StateFile {
  /** Something may have changed. */
  touch(): void;
  /** Writes what is unwritten and lets go of the lock. */
  close(): Promise<void>;
}

/** Restores the world of the file, if there is one, and keeps the file up to date from then on. */
export function stateFile(simulator: Simulator, file: string, log: (line: string) => void): StateFile {
  const lock = `${file}.lock`;
  takeLock(lock, file);
  try {
    if (existsSync(file)) simulator.restore(readFileSync(file, "utf8"));
  } catch (thrown) {
    rmSync(lock, { force: true });
    held.delete(lock);
    throw thrown instanceof EventBridgeError ? described(thrown, file) : thrown;
  }
  let timer: NodeJS.Timeout | undefined;
  let written = "";
  const write = (): void => {
    timer = undefined;
    const snapshot = simulator.snapshot();
    const stand = standOf(snapshot);
    if (stand === written) return;
    try {
      replace(file, JSON.stringify(snapshot));
      written = stand;
    } catch (thrown) {
      log(`the state was not written: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  };
  return {
    touch() {
      timer ??= setTimeout(write, delay);
    },
    close() {
      clearTimeout(timer);
      write();
      rmSync(lock, { force: true });
      held.delete(lock);
      return Promise.resolve();
    },
  };
}

/** What differs when anything but the clock does: there is no need to write an idle world again and again. */
function standOf({ ids, journal, dropped }: Snapshot): string {
  const last = journal.at(-1);
  return [ids, journal.length, dropped, last?.at, last?.name, last?.input].join();
}

function replace(file: string, text: string): void {
  const beside = `${file}.${process.pid}.tmp`;
  const handle = openSync(beside, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}

function takeLock(lock: string, file: string): void {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(lock, "wx", 0o600);
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      held.add(lock);
      return;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
    }
    const holder = Number(readFileSync(lock, "utf8"));
    // In a container everyone is process 1: our own id in a lock that is not ours is that of a predecessor.
    const isStale = holder === process.pid ? !held.has(lock) : !isRunning(holder);
    if (isStale) rmSync(lock, { force: true });
    else throw inUse(file, lock, holder);
  }
  throw inUse(file, lock, 0);
}

function inUse(file: string, lock: string, holder: number): EventBridgeError {
  return new EventBridgeError({
    name: "StateInUseError",
    message: `another server (process ${holder}) keeps its state in \`${file}\``,
    help: `end it, or give this one another file; if there is no such server, remove \`${lock}\``,
  });
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

function described({ name, message, help }: EventBridgeError, file: string): EventBridgeError {
  return new EventBridgeError({ name, message: `\`${file}\`: ${message}`, ...(help !== undefined && { help }) });
}
