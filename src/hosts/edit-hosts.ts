import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../cli/context.ts';
import { EXIT, KpluginError } from '../model/error.ts';
import { FileTooLong, readRegularFile } from '../package/files/regular-file.ts';
import { hostsFile } from './config-folder.ts';
import { decodeHosts } from './decode-hosts.ts';
import type { Hosts, NamedHost } from './named-host.ts';
import { readHosts } from './read-hosts.ts';
import { notWritable, privateFolder, writePrivate } from './write-private.ts';

/** Milliseconds. Changing a small file takes a few of them: who holds a lock for longer is gone or stuck. */
const LIMITS = { tell: 2000, stale: 5000, busy: 30_000 } as const;

type Document = Readonly<Record<string, unknown>>;

/** The hosts with one more, or with another in its place. */
export function withHost(hosts: Hosts, { name, address, settings, groups }: NamedHost): Document {
  const entry = { address, ...settings, ...(groups.length === 0 ? {} : { groups }) };
  return { ...hosts.document, hosts: { ...listOf(hosts), [name]: entry } };
}

/** The hosts without that one; it is no longer the default either. */
export function withoutHost(hosts: Hosts, name: string): Document {
  const { [name]: _gone, ...left } = listOf(hosts);
  const { default: chosen, ...rest } = hosts.document;
  return chosen === undefined || chosen === name
    ? { ...rest, hosts: left }
    : { ...hosts.document, hosts: left };
}

/** The hosts with another default; null for none. */
export function withDefault({ document }: Hosts, name: string | null): Document {
  const { default: _before, ...rest } = document;
  return name === null ? rest : { ...rest, default: name };
}

/** The entries as they stand in the file, with what kplugin does not know. */
function listOf({ document }: Hosts): Readonly<Record<string, unknown>> {
  const list = document['hosts'];
  return typeof list === 'object' && list !== null ? { ...list } : {};
}

/** What changing hosts.json needs of a command. */
export interface HostsEdit {
  readonly file: string;
  readonly packageRoot: string;
  readonly effects: LockEffects;
}

/** Where the hosts are and how to change them, for the command that has this context. */
export function hostsEdit({ env, cwd, packageRoot, talk, signal }: Context): HostsEdit {
  const waiting = (line: string): void => talk.say(line);
  return { file: hostsFile(env, cwd), packageRoot, effects: { waiting, signal } };
}

/**
 * Changes hosts.json: reads it, applies the change, writes it whole; of several kplugins one after the other. The
 * schema is laid beside it, for editors. Resolves to the new content. Throws what the change throws, which is asked more
 * than once; the file is as it was then.
 */
export async function editHosts(
  { file, packageRoot, effects }: HostsEdit,
  change: (hosts: Hosts) => Document,
): Promise<Hosts> {
  // What cannot be done is said before anything is made.
  change(readHosts(file));
  const takeAway = await privateFolder(file);
  return locked(file, effects, async (stillHeld) => {
    const document = { $schema: './hosts.schema.json', ...change(readHosts(file)) };
    const text = `${JSON.stringify(document, null, 2)}\n`;
    // Whatever was changed must be readable the next time.
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
    // A help for editors: without it everything else works.
    await writePrivate(target, schema).catch(() => {});
  }
}

export interface LockEffects {
  /** Told once, when it takes longer than people like to wait in silence. */
  readonly waiting: (line: string) => void;
  /** Ctrl-C ends the waiting. */
  readonly signal: AbortSignal;
  readonly limits?: { readonly [K in keyof typeof LIMITS]: number };
}

/** Whether the lock is still ours: asked right before what must not happen twice. */
type StillHeld = () => Promise<boolean>;

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
  try {
    return String(await readRegularFile(lock, MOST_OF_LOCK));
  } catch (thrown) {
    // Nobody takes away a pipe or a file that no kplugin wrote: to wait for that is to wait in vain.
    if (thrown instanceof FileTooLong) throw thrown;
    if (thrown instanceof Error && !('code' in thrown)) throw notWritable(lock, thrown);
    return null;
  }
}

/** A number, the name of a machine and an id. */
const MOST_OF_LOCK = 4096;

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
