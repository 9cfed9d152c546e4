import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Who listens on a socket, for people: `an eKuiper (process 12)`. */
export type SocketOwner = string;

/**
 * The process that listens on a Unix socket, as far as Linux tells this user; null elsewhere, for somebody else's
 * process and for one in another container. `proc`: where the kernel's files are.
 */
export async function socketOwner(path: string, proc = '/proc'): Promise<SocketOwner | null> {
  try {
    const inode = inodeOf(path, await readFile(join(proc, 'net', 'unix'), 'utf8'));
    if (inode === null) return null;
    for (const pid of await readdir(proc)) {
      if (/^\d+$/.test(pid) && (await has(join(proc, pid, 'fd'), `socket:[${inode}]`))) {
        return `${await nameOf(join(proc, pid))} (process ${pid})`;
      }
    }
  } catch {
    // No such files: not Linux.
  }
  return null;
}

/** The flag of a listening socket, `__SO_ACCEPTCON`; its connections have the same path. */
const LISTENS = '00010000';

function inodeOf(path: string, table: string): string | null {
  for (const line of table.split('\n')) {
    const [, , , flags, , , inode, ...rest] = line.trim().split(/ +/);
    if (flags === LISTENS && rest.join(' ') === path) return inode ?? null;
  }
  return null;
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
  return program === 'kuiperd' ? 'an eKuiper' : program || 'a program';
}
