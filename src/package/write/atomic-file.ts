import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  type FileHandle,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { kill, pid } from 'node:process';
import { EXIT, KpluginError } from '../../model/error.ts';
import { TEMPORARY_SUFFIX } from '../ignore/verdict.ts';

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const NAME = new RegExp(`^\\..*\\.([0-9a-f]{8})-(\\d+)-\\d+\\${TEMPORARY_SUFFIX}$`);

let drafts = 0;

/** Writes pieces in sequence to a file that is being created. */
type Sink = (piece: Buffer) => Promise<void>;

/**
 * Writes a file atomically: `work` writes all of it, then it replaces the target; the target stays unchanged when
 * `work` throws or the process dies. `work` may return false to keep the target. A link stays, and its target is
 * written. A target that is not a regular file (`/dev/null`, a pipe with a reader) is written directly. Throws a
 * KpluginError when the target cannot be written or the disk is full, and what `work` throws.
 */
export async function writeAtomically<T>(
  target: string,
  now: number,
  work: (sink: Sink) => Promise<{ readonly keep: boolean; readonly result: T }>,
): Promise<T> {
  const { file, draft } = await begin(target, now).catch(async (cause: unknown) => {
    throw (await danglingLink(target, cause)) ?? unwritable(target, cause);
  });
  try {
    const { keep, result } = await work(async (piece) => {
      await writeAll(draft.handle, piece).catch((cause: unknown) => {
        throw unwritable(target, cause);
      });
    });
    if (keep) await publish(draft, file, target);
    return result;
  } finally {
    await draft.discard();
  }
}

/**
 * Writes a file in a private temporary directory, without the steps that hide incomplete files from others. Throws a
 * KpluginError when it cannot be written, and what `work` throws.
 */
export async function writeInScratch<T>(
  target: string,
  work: (sink: Sink) => Promise<T>,
): Promise<T> {
  const refuse = (cause: unknown): never => {
    throw unwritable(target, cause, scratchWords(cause));
  };
  const handle = await open(target, 'w').catch(refuse);
  try {
    return await work((piece) => writeAll(handle, piece).catch(refuse));
  } finally {
    await handle.close().catch(() => {});
  }
}

async function begin(target: string, now: number): Promise<{ file: string; draft: Draft }> {
  const stats = await stat(target).catch(() => null);
  if (stats && !stats.isFile()) return { file: target, draft: await directDraft(target) };
  const file = await behindLinks(target);
  // A read-only file must not be replaced, although its directory would allow it.
  if (stats) await open(file, 'r+').then((handle) => handle.close());
  await removeStaleDrafts(dirname(file), now);
  return { file, draft: await namedDraft(file) };
}

/**
 * The path of a file with links resolved; for a dangling link the path that it names. Follows as many links as Linux
 * does.
 */
async function behindLinks(target: string): Promise<string> {
  let place = target;
  for (let links = 0; links < 40; links += 1) {
    const real = await realpath(place).catch((thrown: unknown) => {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
      return null;
    });
    if (real !== null) return real;
    const named = await readlink(place).catch(() => null);
    if (named === null) return place;
    place = resolve(await realpath(dirname(place)), named);
  }
  return place;
}

/** The error for a link whose target cannot be written because its directory does not exist; null for others. */
async function danglingLink(target: string, cause: unknown): Promise<KpluginError | null> {
  const named = codeOf(cause) === 'ENOENT' ? await readlink(target).catch(() => null) : null;
  if (named === null) return null;
  return unwritable(target, cause, [
    `it is a link to ${named}, and the directory of that path does not exist`,
    'create that directory, delete the link, or write elsewhere with -o',
  ]);
}

async function directDraft(file: string): Promise<Draft> {
  // Without this flag, opening a pipe without a reader blocks; with it, this is an error (ENXIO). The handle stays
  // open, because the reader would take a close for the end of the data.
  const first = await open(file, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
  const handle = await open(file, 'w').finally(() => first.close());
  const close = (): Promise<void> => handle.close().catch(() => {});
  return { handle, publish: close, discard: close };
}

/** write(2) may write fewer bytes than requested. */
async function writeAll(handle: FileHandle, piece: Buffer): Promise<void> {
  let at = 0;
  while (at < piece.length) at += (await handle.write(piece, at)).bytesWritten;
}

async function publish(draft: Draft, file: string, target: string): Promise<void> {
  await draft.publish().catch((cause: unknown) => {
    throw unwritable(target, cause);
  });
  await syncDirectory(dirname(file));
}

/** Makes the new name survive a power failure; not every system can sync a directory. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

type Words = readonly [reason: string, hint: string];

const REASONS: ReadonlyMap<string, Words> = new Map(
  Object.entries({
    ENOSPC: ['the disk is full', 'free some space, or write elsewhere with -o'],
    EDQUOT: ['your disk quota is used up', 'free some space, or write elsewhere with -o'],
    EFBIG: ['the system limits the size of files', 'raise the limit (ulimit -f)'],
    EACCES: ['you may not write there', 'write elsewhere with -o, or change the permissions'],
    EPERM: ['you may not write there', 'write elsewhere with -o, or change the permissions'],
    EROFS: ['the file system is read-only', 'write elsewhere with -o'],
    ENOENT: ['the directory does not exist', 'create it, or write elsewhere with -o'],
    ENOTDIR: ['part of the path is a file', 'write elsewhere with -o'],
    EISDIR: ['a directory is there', 'write elsewhere with -o'],
    ELOOP: ['its links lead in a circle', 'write elsewhere with -o, or delete the link'],
    ENAMETOOLONG: ['the name is too long', 'give a shorter name with -o'],
    ENXIO: [
      'it is a socket, or a pipe that nobody reads',
      'start the reader first, or write elsewhere with -o',
    ],
  }),
);

function wordsFor(cause: unknown): Words {
  const message = cause instanceof Error ? cause.message : String(cause);
  return REASONS.get(codeOf(cause)) ?? [message, 'write elsewhere with -o'];
}

/** Error texts for a temporary file: no flag sets its directory. */
function scratchWords(cause: unknown): Words {
  const [reason, hint] = wordsFor(cause);
  const isPlace = codeOf(cause) !== 'EFBIG';
  return [reason, isPlace ? 'free some space, or set TMPDIR to a folder with room' : hint];
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function unwritable(
  target: string,
  cause: unknown,
  [reason, hint] = wordsFor(cause),
): KpluginError {
  if (cause instanceof KpluginError) return cause;
  const code = codeOf(cause);
  return new KpluginError({
    code: code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'output-unwritable',
    exit: EXIT.usage,
    message: `${target} cannot be written`,
    reason: `${reason}; nothing was changed`,
    hint,
    cause,
  });
}

/**
 * Creates a draft as a hidden file next to the target, renamed to it at the end. A killed run leaves it behind; the
 * next run in that directory removes it.
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
 * Removes drafts that killed runs left in a directory: those of dead processes on this machine, and those of any
 * machine after a day. `now` in milliseconds. Never throws.
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
    // EPERM: the process exists, but belongs to another user.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

async function isOld(file: string, now: number): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  return stats !== null && now - stats.mtimeMs > ABANDONED_AFTER_MS;
}

/** A file that is being written and gets its name only when it is complete. */
interface Draft {
  readonly handle: FileHandle;
  /** Syncs the content and renames the file over the target, atomically. */
  publish(): Promise<void>;
  /** Removes the draft. Has no effect after `publish`. */
  discard(): Promise<void>;
}
