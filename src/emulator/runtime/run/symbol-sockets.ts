import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SocketInUse, SocketPathTooLong } from '../../../sp/errors.ts';
import { diagnosed, errnoWords, errorCode, HostRefusal } from '../refusal.ts';
import type { RuleMeta } from '../symbol-contract.ts';

/** The flag of a listening socket, `__SO_ACCEPTCON`; its connections have the same path. */
const LISTENS = '00010000';

const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'];

/**
 * The path of the data socket of a source or sink (docs/wire.md#sockets). Throws HostRefusal for names that cannot be
 * file names.
 */
export function dataPath(folder: string, { ruleId, opId, instanceId }: RuleMeta): string {
  return join(folder, `${fileName(`${ruleId}_${opId}_${instanceId}`)}.ipc`);
}

/** The path of a sink's acknowledgement socket. */
export function ackPath(folder: string, { ruleId, opId, instanceId }: RuleMeta): string {
  return join(folder, `${fileName(`${ruleId}_${opId}_${instanceId}_ack`)}.ipc`);
}

/** The path of a function's socket. */
export function functionPath(folder: string, symbol: string): string {
  return join(folder, `${fileName(`func_${symbol}`)}.ipc`);
}

function fileName(name: string): string {
  if (!/[/\0]/.test(name)) return name;
  throw new HostRefusal(
    `invalid name ${name}: it names a socket, and "/" cannot be part of a file's name`,
  );
}

/** The purpose of a socket: eKuiper's text before the reason, and what else may use the same path. */
interface Listening {
  readonly path: string;
  /** `can't create new control channel`. */
  readonly words: string;
  /** Completes "an eKuiper or a second "kplugin serve" runs … on this machine". */
  readonly rival: string;
}

/** Calls `listen`. When it fails, throws HostRefusal with Go's error text and how to fix it, or MachineLimit. */
export async function listenOr<T>(listening: Listening, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const { path, words } = listening;
    const full = `${words}: listen unix ${path}: bind: ${goReason(error)}`;
    throw new HostRefusal(diagnosed(full, await diagnosis(listening, error)), { cause: error });
  }
}

function goReason(error: unknown): string {
  if (error instanceof SocketInUse) return 'address already in use';
  if (error instanceof SocketPathTooLong) return 'invalid argument';
  return errorCode(error) === '' ? String(error) : errnoWords(error);
}

async function diagnosis({ path, rival }: Listening, error: unknown): Promise<string[]> {
  if (error instanceof SocketInUse) {
    if (error.by !== 'listener') {
      return [`kplugin: ${path} is in the way and no socket; move it away`];
    }
    const who = (await socketOwner(path)) ?? 'an eKuiper or a second "kplugin serve"';
    return [
      `kplugin: another process listens on ${path}: ${who} runs ${rival} on this machine; remove it there first`,
    ];
  }
  if (error instanceof SocketPathTooLong) {
    return [`kplugin: the path of a socket may have ${error.limit} bytes; choose a shorter name`];
  }
  if (!NOT_WRITABLE.includes(errorCode(error))) return [];
  const folder = dirname(path);
  return [
    `kplugin: no socket can be made in ${folder}, and a plugin looks for its host nowhere else; make ${folder} writable (in a container: a tmpfs at ${folder})`,
  ];
}

/** A process that listens on a Unix socket. */
interface Listener {
  /** For messages: `an eKuiper`. */
  readonly name: string;
  readonly pid: string;
  /** Whether something is connected to the socket. */
  readonly isUsed: boolean;
}

/** The name of a listener that is an eKuiper. */
export const AN_EKUIPER = 'an eKuiper';

async function socketOwner(path: string): Promise<string | null> {
  const listener = await listenerOf(path);
  return listener && `${listener.name} (process ${listener.pid})`;
}

/**
 * Returns the process that listens on a Unix socket, if Linux shows it to this user; null on other systems, for a
 * process of another user and for one in another container. `proc`: the path of the proc file system.
 */
export async function listenerOf(path: string, proc = '/proc'): Promise<Listener | null> {
  try {
    const { inode, isUsed } = socketIn(await readFile(join(proc, 'net', 'unix'), 'utf8'), path);
    if (inode === null) return null;
    for (const pid of await readdir(proc)) {
      if (/^\d+$/.test(pid) && (await has(join(proc, pid, 'fd'), `socket:[${inode}]`))) {
        return { name: await nameOf(join(proc, pid)), pid, isUsed };
      }
    }
  } catch {
    // No such files: not Linux.
  }
  return null;
}

/** What /proc/net/unix says about a path: the inode of its listener, and whether there are connections to it. */
function socketIn(
  table: string,
  path: string,
): { readonly inode: string | null; readonly isUsed: boolean } {
  let inode: string | null = null;
  let isUsed = false;
  for (const line of table.split('\n')) {
    const [, , , flags, , , number, ...rest] = line.trim().split(/ +/);
    if (rest.join(' ') !== path) continue;
    if (flags === LISTENS) inode = number ?? null;
    else isUsed = true;
  }
  return { inode, isUsed };
}

async function has(folder: string, link: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(
    names.map((name) => readlink(join(folder, name)).catch(() => '')),
  );
  return links.includes(link);
}

async function nameOf(process: string): Promise<string> {
  const text = await readFile(join(process, 'cmdline'), 'utf8').catch(() => '');
  const words = text.split('\0');
  const at = words.findIndex((word) => /^kplugin(\.js)?$/.test(basename(word)));
  if (at >= 0 && at <= 1) return `another "kplugin ${words[at + 1] ?? ''}"`;
  const program = basename(words[0] ?? '');
  return program === 'kuiperd' ? AN_EKUIPER : program || 'a program';
}
