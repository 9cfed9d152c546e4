import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { openRegularFile, readOpened } from '../files/regular-file.ts';

/** Smaller zips are read whole; of larger ones only what is asked for is ever in memory. */
const IN_MEMORY_BELOW = 32 * 1024 ** 2;

/** The bytes of a zip, to be read anywhere. Offsets and sizes in bytes. */
export interface ZipSource {
  readonly size: number;
  /** The zip itself where it is small enough to be held; else null. */
  readonly bytes: Buffer | null;
  /** The bytes from `at` on: `length` of them, or fewer where the zip ends. Throws what the system throws. */
  read(at: number, length: number): Buffer;
  close(): void;
}

/** A path or the zip itself; files from `inMemoryBelow` bytes on stay on the disk. Rejects with system errors. */
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

/** A zip that is in memory already. */
export function memorySource(bytes: Buffer): ZipSource {
  return {
    size: bytes.length,
    bytes,
    read: (at, length) => (at < 0 ? EMPTY : bytes.subarray(at, at + length)),
    close: () => {},
  };
}

const EMPTY = Buffer.alloc(0);
/** Headers are read one after another: one system call serves some hundred of them. */
const WINDOW = 16 * 1024;
/** What is read where nothing was read just before it: a header and a small entry's data, in any order of the entries. */
const FIRST_WINDOW = 2 * 1024;

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

/** A buffer of its own each time: slices of earlier ones stay what they were. */
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
