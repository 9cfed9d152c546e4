import { Readable } from 'node:stream';
import {
  fromRandomAccessReaderPromise,
  type Options,
  openPromise,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';

/** Answers in a row that may come at once before the call stack needs a rest. */
const IN_A_ROW = 128;

/**
 * Gives yauzl a zip in memory. Its own reader waits a turn of the event loop for every few bytes, which for
 * thousands of entries is most of the time that listing takes.
 */
class MemoryReader extends RandomAccessReader {
  readonly #bytes: Buffer;
  #row = 0;

  constructor(bytes: Buffer) {
    super();
    this.#bytes = bytes;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const enough = position >= 0 && position + length <= this.#bytes.length;
    if (enough) this.#bytes.copy(target, offset, position, position + length);
    const answer = (): void => callback(enough ? null : new Error('unexpected EOF'));
    this.#row += 1;
    if (this.#row % IN_A_ROW === 0) setImmediate(answer);
    else answer();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from([this.#bytes.subarray(start, end)]);
  }

  override close(callback: (error: Error | null) => void): void {
    setImmediate(callback, null);
  }
}

// Names are judged by us, one by one: yauzl's own checks would end the listing at the first bad one.
const OPTIONS = {
  autoClose: false,
  decodeStrings: false,
  validateEntrySizes: false,
  lazyEntries: true,
} as const satisfies Options;

/** Opens a zip in memory. Rejects when it is none. */
export function openInMemory(bytes: Buffer): Promise<ZipFile> {
  return fromRandomAccessReaderPromise(new MemoryReader(bytes), bytes.length, { ...OPTIONS });
}

/** Opens a zip that is too large for that. Rejects when it is none. */
export function openOnDisk(path: string): Promise<ZipFile> {
  return openPromise(path, { ...OPTIONS });
}
