import { randomUUID } from 'node:crypto';
import { open, realpath, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KpluginError } from '../../model/error.ts';
import { isRunning } from './is-running.ts';
import { FileTooLong, readRegularFile } from './regular-file.ts';

/** Milliseconds. An edit takes a few milliseconds, so a lock that is held longer than `stale` is left over. */
const LIMITS = { tell: 2000, stale: 5000, busy: 30_000 } as const;

/** The lock holds a process id, a host name and a UUID. */
const MOST_OF_LOCK = 4096;

export interface LockEffects {
  /** Called once when waiting takes longer than two seconds. */
  readonly waiting: (lock: string) => void;
  /** Aborts the waiting. */
  readonly signal: AbortSignal;
  readonly limits?: { readonly [K in keyof typeof LIMITS]: number };
  /** The error after 30 s of waiting. */
  readonly busy: (lock: string) => KpluginError;
  /** The error for a lock that cannot be created or read. */
  readonly notWritable: (lock: string, cause: unknown) => KpluginError;
}

/** Whether this process still holds the lock; checked right before the file is replaced. */
type StillHeld = () => Promise<boolean>;

/**
 * Calls `work` under a lock that excludes other kplugin processes. The lock is a file beside `file`, created
 * exclusively; it is removed as stale when its process does not exist any more, or when it has not changed for some
 * seconds. The directory must exist. Throws exit 2 when the lock cannot be acquired in time.
 */
export async function locked<T>(
  file: string,
  effects: LockEffects,
  work: (stillHeld: StillHeld) => Promise<T>,
): Promise<T> {
  // For a link the lock is beside the target, because other paths may lead to it.
  const lock = `${await realpath(file).catch(() => file)}.lock`;
  const mine = JSON.stringify({ pid: process.pid, on: hostname(), id: randomUUID() });
  const stillHeld = async (): Promise<boolean> => (await holderOf(lock, effects)) === mine;
  await acquire(lock, mine, effects);
  try {
    return await work(stillHeld);
  } finally {
    if (await stillHeld()) await rm(lock, { force: true });
  }
}

async function acquire(lock: string, mine: string, effects: LockEffects): Promise<void> {
  const { waiting, signal, limits = LIMITS, busy } = effects;
  const begin = performance.now();
  let seen: string | null = null;
  let since = begin;
  let told = false;
  while (!(await made(lock, mine, effects))) {
    signal.throwIfAborted();
    const holder = await holderOf(lock, effects);
    const now = performance.now();
    if (holder !== seen) [seen, since] = [holder, now];
    // Measured with the clock of this process: the file times of a network directory come from another machine.
    if (holder !== null && (now - since > limits.stale || (await isGone(holder)))) {
      await takeAway(lock, holder, mine, effects);
    }
    if (now - begin > limits.busy) throw busy(lock);
    if (!told && now - begin > limits.tell) {
      told = true;
      waiting(lock);
    }
    await sleep(5 + Math.random() * 20, undefined, { signal }).catch(() => {});
  }
}

/** Creates a file exclusively; returns false when it exists. */
async function made(file: string, text: string, { notWritable }: LockEffects): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle
      .writeFile(text)
      .catch(async (thrown: unknown) => {
        // After a write error (full disk) an empty file would be left and look like the lock of another process.
        await rm(file, { force: true });
        throw thrown;
      })
      .finally(() => handle.close());
    return true;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    // On Windows, opening a file that is being deleted fails with EPERM.
    if (code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM')) return false;
    throw notWritable(file, thrown);
  }
}

async function holderOf(lock: string, { notWritable }: LockEffects): Promise<string | null> {
  try {
    return String(await readRegularFile(lock, MOST_OF_LOCK));
  } catch (thrown) {
    // A pipe, or a file that kplugin did not write, will not go away, so waiting is useless.
    if (thrown instanceof FileTooLong) throw thrown;
    if (thrown instanceof Error && !('code' in thrown)) throw notWritable(lock, thrown);
    return null;
  }
}

/** Whether the process of the lock has ended; only known for processes of this machine. */
async function isGone(holder: string): Promise<boolean> {
  const [, pid, on] = /^\{"pid":([1-9]\d{0,9}),"on":"([^"]*)"/.exec(holder) ?? [];
  return pid !== undefined && on === hostname() && !(await isRunning(Number(pid)));
}

/** Removes a stale lock, under a second lock: else a slower process could remove the new lock of a faster one. */
async function takeAway(
  lock: string,
  left: string,
  mine: string,
  effects: LockEffects,
): Promise<void> {
  const { stale } = effects.limits ?? LIMITS;
  const own = `${lock}.away`;
  if (!(await made(own, mine, effects))) {
    const age = Date.now() - ((await stat(own).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > stale) await rm(own, { force: true });
    return;
  }
  try {
    if ((await holderOf(lock, effects)) === left) await rm(lock, { force: true });
  } finally {
    await rm(own, { force: true });
  }
}
