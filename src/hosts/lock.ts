import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, KpluginError } from '../model/error.ts';
import { notWritable } from './write-private.ts';

/** Milliseconds. Changing a small file takes a few of them: who holds a lock for longer is gone or stuck. */
const LIMITS = { tell: 2000, stale: 5000, busy: 30_000 } as const;

export interface LockEffects {
  /** Told once, when it takes longer than people like to wait in silence. */
  readonly waiting: (line: string) => void;
  /** Ctrl-C ends the waiting. */
  readonly signal: AbortSignal;
  readonly limits?: { readonly [K in keyof typeof LIMITS]: number };
}

/** Whether the lock is still ours: asked right before what must not happen twice. */
export type StillHeld = () => Promise<boolean>;

/**
 * Does some work while no other kplugin does any on the same file. The lock is a file beside it that only one process
 * can make; one that was left behind is taken away when its process is gone, or when nothing came of it for some
 * seconds. The folder must exist. Throws exit 2 when others never let go.
 */
export async function locked<T>(
  file: string,
  effects: LockEffects,
  work: (stillHeld: StillHeld) => Promise<T>,
): Promise<T> {
  // Of a link the file counts: others may come to it from elsewhere.
  const lock = `${await realpath(file).catch(() => file)}.lock`;
  const mine = JSON.stringify({ pid: process.pid, on: hostname(), id: randomUUID() });
  const stillHeld = async (): Promise<boolean> => (await holderOf(lock)) === mine;
  await acquire(lock, mine, effects);
  try {
    return await work(stillHeld);
  } finally {
    if (await stillHeld()) await rm(lock, { force: true });
  }
}

async function acquire(
  lock: string,
  mine: string,
  { waiting, signal, limits = LIMITS }: LockEffects,
): Promise<void> {
  const begin = performance.now();
  let seen: string | null = null;
  let since = begin;
  let told = false;
  while (!(await made(lock, mine))) {
    signal.throwIfAborted();
    const holder = await holderOf(lock);
    const now = performance.now();
    if (holder !== seen) [seen, since] = [holder, now];
    // Its own clock, and never that of the disk: folders may come from other machines.
    if (holder !== null && (isGone(holder) || now - since > limits.stale)) {
      await takeAway(lock, holder, mine, limits.stale);
    }
    if (now - begin > limits.busy) throw busy(lock);
    if (!told && now - begin > limits.tell) {
      told = true;
      waiting(`waiting for another kplugin that changes the hosts (${lock})`);
    }
    await sleep(5 + Math.random() * 20, undefined, { signal }).catch(() => {});
  }
}

/** Makes a file that is not there yet; false where it is. */
async function made(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle
      .writeFile(text)
      .catch(async (thrown: unknown) => {
        // On a full disk an empty file is left, which would be taken for the lock of another.
        await rm(file, { force: true });
        throw thrown;
      })
      .finally(() => handle.close());
    return true;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    // On Windows a file that is just going away is one that may not be opened.
    if (code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM')) return false;
    throw notWritable(file, thrown);
  }
}

async function holderOf(lock: string): Promise<string | null> {
  return readFile(lock, 'utf8').catch(() => null);
}

/** Only of this very machine can it be told. */
function isGone(holder: string): boolean {
  const [, pid, on] = /^\{"pid":(\d+),"on":"([^"]*)"/.exec(holder) ?? [];
  if (pid === undefined || on !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH';
  }
}

/** Under a lock of its own: of two that see a left-over one, the slower must not take away what the faster has made. */
async function takeAway(lock: string, left: string, mine: string, stale: number): Promise<void> {
  const own = `${lock}.away`;
  if (!(await made(own, mine))) {
    const age = Date.now() - ((await stat(own).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > stale) await rm(own, { force: true });
    return;
  }
  try {
    if ((await holderOf(lock)) === left) await rm(lock, { force: true });
  } finally {
    await rm(own, { force: true });
  }
}

function busy(lock: string): KpluginError {
  return new KpluginError({
    code: 'hosts-busy',
    exit: EXIT.usage,
    message: 'other kplugins change the hosts all the time; nothing was changed by this one',
    reason: `they hold the lock ${lock}`,
    hint: 'run the same command again when they have finished',
  });
}
