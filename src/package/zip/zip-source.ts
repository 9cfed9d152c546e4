import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { openRegularFile, readOpened } from '../files/regular-file.ts';

/** Random access to the bytes of a zip. Offsets and sizes in bytes. */
export interface ZipSource {
  readonly size: number;
  /** The whole zip if it is small enough; else null. */
  readonly bytes: Buffer | null;
  /** Reads `length` bytes from `at` on, fewer at the end of the zip. Throws system errors. */
  read(at: number, length: number): Buffer;
  close(): void;
}

/** Smaller zips are read completely; of larger ones only the requested parts are in memory. */
const IN_MEMORY_BELOW = 32 * 1024 ** 2;

const EMPTY = Buffer.alloc(0);

/** Headers are read in sequence: one system call reads some hundreds of them. */
const WINDOW = 16 * 1024;

/**
 * Bytes to read at a position that does not follow the previous read: a header and the data of a small entry, in any
 * order of the entries.
 */
const FIRST_WINDOW = 2 * 1024;

/**
 * Opens a path, or wraps bytes in memory; files from `inMemoryBelow` bytes on are not loaded. Rejects with system
 * errors.
 */
export async function openSource(
  source: string | Buffer,
  inMemoryBelow: number = IN_MEMORY_BELOW,
): Promise<ZipSource> {
  if (typeof source !== 'string') return memorySource(source);
  const handle = await openRegularFile(source);
  try {
    const { size } = await handle.stat();
    return size < inMemoryBelow
      ? memorySource(await readOpened(handle, source, inMemoryBelow))
      : fileSource(source);
  } finally {
    await handle.close();
  }
}

/** A zip in memory. */
export function memorySource(bytes: Buffer): ZipSource {
  return {
    size: bytes.length,
    bytes,
    read: (at, length) => (at < 0 ? EMPTY : bytes.subarray(at, at + length)),
    close: () => {},
  };
}

function fileSource(path: string): ZipSource {
  const fd = openSync(path, 'r');
  let isOpen = true;
  const { size } = fstatSync(fd);
  let window: Buffer = EMPTY;
  let windowAt = 0;
  return {
    size,
    bytes: null,
    read(at, length) {
      if (at < 0 || at >= size || length <= 0) return EMPTY;
      if (length > WINDOW) return readAt(fd, at, length);
      const within = at - windowAt;
      if (within < 0 || within + length > window.length) {
        const isNext = within >= 0 && within <= window.length;
        window = readAt(fd, at, isNext ? WINDOW : Math.max(FIRST_WINDOW, length));
        windowAt = at;
        return window.subarray(0, length);
      }
      return window.subarray(within, within + length);
    },
    close() {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}

/** Allocates a new buffer each time, so that slices of earlier ones stay valid. */
function readAt(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, buffer, done, length - done, at + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}
