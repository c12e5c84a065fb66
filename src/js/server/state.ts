/**
 * `--state FILE`: a world that outlives its server.
 *
 * The file is a snapshot as JSON, written beside itself and renamed into place, so that it is whole at any time: whoever is
 * killed loses what happened since the last write, at most a second. A lock file with the process's id keeps a second server
 * away; the lock of a process that is no more is taken over. The file holds secrets as they were given, so only its owner
 * may read it.
 */

import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
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
    removeTorn(file);
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

/** What processes that were killed while they wrote have left behind. Whoever has the lock is the only one who writes. */
function removeTorn(file: string): void {
  const [folder, name] = [dirname(file), `${basename(file)}.`];
  for (const entry of readdirSync(folder)) {
    const isTorn = entry.startsWith(name) && /^\d+\.tmp$/.test(entry.slice(name.length));
    if (isTorn) rmSync(join(folder, entry), { force: true });
  }
}

function takeLock(lock: string, file: string): void {
  // The lock appears with its content or not at all: an empty one would be taken for a dead process's.
  const own = `${lock}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid), { mode: 0o600 });
  } catch (thrown) {
    throw noRoom(thrown, file);
  }
  try {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (appears(own, lock)) {
        held.add(lock);
        return;
      }
      const holder = holderOf(lock);
      if (holder === undefined) continue;
      if (!isStale(holder, lock)) throw inUse(file, lock, holder);
      discard(lock, own);
    }
  } finally {
    rmSync(own, { force: true });
  }
  throw inUse(file, lock, holderOf(lock) ?? 0);
}

function noRoom(thrown: unknown, file: string): unknown {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code !== "ENOENT" && code !== "ENOTDIR" && code !== "EACCES" && code !== "EROFS") return thrown;
  const message = `\`${file}\` cannot be written: ${code === "EACCES" || code === "EROFS" ? "its folder is read-only" : "there is no such folder"}`;
  return new EventBridgeError({
    name: "StateError",
    message,
    help: "name a file in a folder that is there and can be written to",
  });
}

function appears(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw thrown;
  }
  // A file system without links.
  try {
    copyFileSync(own, lock, constants.COPYFILE_EXCL);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  }
}

/** Whose lock it is; `undefined` when it is gone. */
function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  }
}

/** In a container everyone is process 1: our own id in a lock that is not ours is that of a predecessor. */
function isStale(holder: number, lock: string): boolean {
  return holder === process.pid ? !held.has(lock) : !isRunning(holder);
}

/** Takes a stale lock away. If another server was faster and it is that one's by now, it is put back. */
function discard(lock: string, own: string): void {
  const away = `${own}.stale`;
  try {
    renameSync(lock, away);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return;
    throw thrown;
  }
  const holder = holderOf(away);
  if (holder !== undefined && !isStale(holder, lock)) appears(away, lock);
  rmSync(away, { force: true });
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
