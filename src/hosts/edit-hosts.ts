import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../cli/context.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { FileTooLong, readRegularFile } from '../package/files/regular-file.ts';
import { decodeHosts } from './decode-hosts.ts';
import { hostsFile, readHosts } from './hosts-file.ts';
import type { Hosts, NamedHost } from './named-host.ts';
import { notWritable, privateFolder, writePrivate } from './write-private.ts';

/** Milliseconds. An edit takes a few milliseconds, so a lock that is held longer than `stale` is left over. */
const LIMITS = { tell: 2000, stale: 5000, busy: 30_000 } as const;

type Document = Readonly<Record<string, unknown>>;

/** The document with a host added or replaced. */
export function withHost(hosts: Hosts, { name, address, settings, groups }: NamedHost): Document {
  const entry = { address, ...settings, ...(groups.length === 0 ? {} : { groups }) };
  return { ...hosts.document, hosts: { ...listOf(hosts), [name]: entry } };
}

/** The document without a host; if it was the default, there is none. */
export function withoutHost(hosts: Hosts, name: string): Document {
  const { [name]: _gone, ...left } = listOf(hosts);
  const { default: chosen, ...rest } = hosts.document;
  return chosen === undefined || chosen === name
    ? { ...rest, hosts: left }
    : { ...hosts.document, hosts: left };
}

/** The document with another default host; null for none. */
export function withDefault({ document }: Hosts, name: string | null): Document {
  const { default: _before, ...rest } = document;
  return name === null ? rest : { ...rest, default: name };
}

/** The entries of the file, including unknown keys. */
function listOf({ document }: Hosts): Readonly<Record<string, unknown>> {
  const list = document['hosts'];
  return typeof list === 'object' && list !== null ? { ...list } : {};
}

/** What an edit of hosts.json needs. */
export interface HostsEdit {
  readonly file: string;
  readonly packageRoot: string;
  readonly effects: LockEffects;
}

/** The path of hosts.json and the effects of this command. */
export function hostsEdit({ env, cwd, packageRoot, log, signal }: Context): HostsEdit {
  const waiting = (line: string): void => log.info(line);
  return { file: hostsFile(env, cwd), packageRoot, effects: { waiting, signal } };
}

/**
 * Edits hosts.json under a lock: reads it, applies the change, replaces the file, and writes its schema beside it for
 * editors. Resolves to the new content. `change` is called twice; an error of it is thrown and leaves the file
 * unchanged.
 */
export async function editHosts(
  { file, packageRoot, effects }: HostsEdit,
  change: (hosts: Hosts) => Document,
): Promise<Hosts> {
  // Called once before the directory is made, so that an error leaves nothing behind.
  change(readHosts(file));
  const takeAway = await privateFolder(file);
  return locked(file, effects, async (stillHeld) => {
    const document = { $schema: './hosts.schema.json', ...change(readHosts(file)) };
    const text = `${JSON.stringify(document, null, 2)}\n`;
    // Checks that the new content can be read again.
    const hosts = decodeHosts(text, file);
    await writePrivate(file, text, { unless: async () => !(await stillHeld()) });
    await laySchema(path.dirname(file), packageRoot);
    return hosts;
  }).catch(async (thrown: unknown) => {
    await takeAway();
    throw thrown;
  });
}

async function laySchema(folder: string, packageRoot: string): Promise<void> {
  const name = 'hosts.schema.json';
  const schema = await readFile(path.join(packageRoot, 'schemas', name), 'utf8').catch(() => null);
  if (schema === null) return;
  const target = path.join(folder, name);
  if ((await readRegularFile(target).then(String, () => null)) !== schema) {
    // The schema only helps editors, so errors are ignored.
    await writePrivate(target, schema).catch(() => {});
  }
}

export interface LockEffects {
  /** Called once when waiting takes longer than two seconds. */
  readonly waiting: (line: string) => void;
  /** Aborts the waiting. */
  readonly signal: AbortSignal;
  readonly limits?: { readonly [K in keyof typeof LIMITS]: number };
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
    // Measured with the clock of this process: the file times of a network directory come from another machine.
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

/** Creates a file exclusively; returns false when it exists. */
async function made(file: string, text: string): Promise<boolean> {
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

async function holderOf(lock: string): Promise<string | null> {
  try {
    return String(await readRegularFile(lock, MOST_OF_LOCK));
  } catch (thrown) {
    // A pipe, or a file that kplugin did not write, will not go away, so waiting is useless.
    if (thrown instanceof FileTooLong) throw thrown;
    if (thrown instanceof Error && !('code' in thrown)) throw notWritable(lock, thrown);
    return null;
  }
}

/** The lock holds a process id, a host name and a UUID. */
const MOST_OF_LOCK = 4096;

/** Whether the process of the lock has ended; only known for processes of this machine. */
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

/** Removes a stale lock, under a second lock: else a slower process could remove the new lock of a faster one. */
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
    message: 'other kplugin processes keep hosts.json locked; nothing was changed',
    reason: `they hold the lock ${lock}`,
    hint: 'run the same command again when they have finished',
  });
}
