import { createHash } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { kill, pid } from 'node:process';
import { TEMPORARY_SUFFIX } from '../ignore/strict.ts';
import type { Draft } from './draft.ts';

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const NAME = new RegExp(`^\\..*\\.([0-9a-f]{8})-(\\d+)-\\d+\\${TEMPORARY_SUFFIX}$`);

let drafts = 0;

/**
 * A draft as a hidden file beside the target, renamed to it at the end. A run that is killed leaves it; the next one in
 * that directory removes it.
 */
export async function namedDraft(target: string): Promise<Draft> {
  drafts += 1;
  const name = `.${basename(target)}.${MACHINE}-${pid}-${drafts}${TEMPORARY_SUFFIX}`;
  const temporary = join(dirname(target), name);
  const handle = await open(temporary, 'w');
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
  };
  return {
    handle,
    async publish() {
      await handle.sync();
      await handle.close();
      await rename(temporary, target);
    },
    discard,
  };
}

/**
 * Removes what killed runs left in a directory: drafts of dead processes of this machine, and of any machine
 * after a day. `now` in milliseconds. Never throws: it is housekeeping.
 */
export async function removeStaleDrafts(directory: string, now: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const match = NAME.exec(name);
    if (!match) continue;
    const file = join(directory, name);
    const ours = match[1] === MACHINE;
    const dead = ours ? !isAlive(Number(match[2])) : await isOld(file, now);
    if (dead) await rm(file, { force: true }).catch(() => {});
  }
}

function isAlive(id: number): boolean {
  try {
    kill(id, 0);
    return true;
  } catch (thrown) {
    // EPERM: it is there, but someone else's.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

async function isOld(file: string, now: number): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  return stats !== null && now - stats.mtimeMs > ABANDONED_AFTER_MS;
}
