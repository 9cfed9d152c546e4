import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pathOf } from '../../model/byte-text.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { TEXT_LIMITS } from '../../model/text-limits.ts';

/** Without this flag opening a pipe waits for a writer; it has no effect on regular files. */
const NO_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a file for reading; its path may be a text of `byteText`. Rejects as `open` does, and when it is a directory, pipe, socket or device. */
export async function openRegularFile(file: string): Promise<FileHandle> {
  const handle = await open(pathOf(file), NO_WAITING);
  const stats = await handle.stat();
  if (stats.isFile()) return handle;
  await handle.close();
  throw notAFile(file, stats);
}

/**
 * Reads a whole text file. Rejects as {@link openRegularFile} does, and with exit code 2 when it is longer than
 * `most` bytes; no more is read then, because a sparse file or an endless one (/proc) may have the name.
 */
export async function readRegularFile(
  file: string,
  most: number = TEXT_LIMITS.textFile,
): Promise<Buffer> {
  const handle = await openRegularFile(file);
  try {
    return await readOpened(handle, file, most);
  } finally {
    await handle.close();
  }
}

/** As {@link readRegularFile}, for an open file. */
export async function readOpened(handle: FileHandle, file: string, most: number): Promise<Buffer> {
  const { size } = await handle.stat();
  if (size > most) throw tooLong(file, most);
  const chunks: Buffer[] = [];
  for (let length = 0; ; ) {
    const room = Buffer.allocUnsafe(roomFor(size, length, most));
    const { bytesRead } = await handle.read(room, 0, room.length, length);
    chunks.push(room.subarray(0, bytesRead));
    length += bytesRead;
    if (length > most) throw tooLong(file, most);
    if (isAtEnd(bytesRead, room.length, size)) return joined(chunks);
  }
}

/** Bytes requested beyond the reported size: a file of /proc reports 0. */
const SPARE = 4096;

/** The size of the next read: the rest, or for a file without a size as much as was read so far; bounded by `most`. */
function roomFor(size: number, length: number, most: number): number {
  return Math.min(Math.max(size - length, length), most - length) + SPARE;
}

/** The synchronous form of {@link readRegularFile}; throws the same errors. */
export function readRegularFileSync(file: string, most: number = TEXT_LIMITS.textFile): Buffer {
  const fd = openSync(pathOf(file), NO_WAITING);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw notAFile(file, stats);
    if (stats.size > most) throw tooLong(file, most);
    const chunks: Buffer[] = [];
    for (let length = 0; ; ) {
      const room = Buffer.allocUnsafe(roomFor(stats.size, length, most));
      const count = readSync(fd, room, 0, room.length, length);
      chunks.push(room.subarray(0, count));
      length += count;
      if (length > most) throw tooLong(file, most);
      if (isAtEnd(count, room.length, stats.size)) return joined(chunks);
    }
  } finally {
    closeSync(fd);
  }
}

/** As {@link readRegularFileSync}, decoded as text. */
export function readTextSync(file: string, most?: number): string {
  return readRegularFileSync(file, most).toString('utf8');
}

/**
 * A file on a disk returns all requested bytes; another read to detect its end costs a system call for each of tens
 * of thousands of files.
 */
function isAtEnd(count: number, asked: number, size: number): boolean {
  return count === 0 || (size > 0 && count < asked);
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only, ...more] = chunks;
  return only !== undefined && more.length === 0 ? only : Buffer.concat(chunks);
}

function notAFile(file: string, stats: Stats): Error {
  const what = stats.isDirectory() ? 'a directory' : 'a pipe, socket or device';
  return Object.assign(new Error(`it is ${what}, not a file`), { syscall: 'open', path: file });
}

/** A text file exceeds its size limit. */
export class FileTooLong extends KpluginError {
  override readonly name = 'FileTooLong';
}

function tooLong(file: string, most: number): FileTooLong {
  return new FileTooLong({
    code: 'file-too-long',
    exit: EXIT.usage,
    message: `${file} is too long to be read`,
    reason: `it has more than ${most / 1024} KiB, and kplugin reads no more of such a file`,
    hint: 'look at what is in it: a file of this name that people write has some KiB',
  });
}

/** The stats of a path, links followed; null when it does not exist or cannot be accessed. */
export function statsAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
