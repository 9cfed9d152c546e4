import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { Gathered } from './gathered.ts';
import { tooBig } from './too-big.ts';
import {
  centralHeader,
  type DataFields,
  dataDescriptor,
  dosTime,
  type EntryFields,
  endRecords,
  localHeader,
} from './zip-fields.ts';

/** Not the best possible, but what `zip` does; part of what makes the same content the same bytes. */
const LEVEL = 6;
/** What leaves at a time. */
const PIECE = 256 * 1024;
/** Sizes and offsets beyond it need zip64. */
const MOST = 0xffffffff;

export interface ZipWriterOptions {
  /** The date that every entry gets; see entry-date.ts. */
  readonly date: Date;
  /** Takes the zip's bytes, in order, one piece at a time. */
  readonly sink: (piece: Buffer) => Promise<void>;
  /** Bytes that the zip and each of its files may have at most; by itself what a zip without zip64 can express. */
  readonly most?: number;
}

/**
 * Puts entries into a zip, in the order of the calls: deflated, with Unix modes. What is in memory is deflated at once,
 * as a stream for each of ten thousands of entries takes longer than its content does; what is streamed becomes the
 * same bytes. Of an entry that is written only its line of the table of contents is kept.
 */
export class ZipWriter {
  readonly #time: number;
  readonly #most: number;
  readonly #out: Output;
  readonly #directory = new Gathered();
  #entries = 0;

  constructor({ date, sink, most = MOST }: ZipWriterOptions) {
    this.#time = dosTime(date);
    this.#most = most;
    this.#out = new Output(sink, most);
  }

  /**
   * `name` ends with a slash for a directory; `mode` holds permission bits. Resolves when it is written; rejects with
   * what the sink or the content says, or with a KpluginError where the zip has no end.
   */
  async add(name: string, mode: number, content: Uint8Array | Readable): Promise<void> {
    const bytes = Buffer.from(name);
    const entry = {
      name: bytes,
      isUtf8: bytes.length !== name.length,
      // An empty deflated file would need a data descriptor, which strict readers refuse.
      isDeflated: !(content instanceof Uint8Array && content.length === 0),
      mode,
      headerAt: this.#out.at,
    };
    await this.#out.write(localHeader(entry, this.#time));
    const data = await this.#writeData(entry, content);
    this.#directory.add(centralHeader({ ...entry, ...data }, this.#time));
    this.#entries += 1;
  }

  async #writeData(
    { isDeflated }: EntryFields,
    content: Uint8Array | Readable,
  ): Promise<DataFields> {
    if (!isDeflated) return { crc32: 0, packedSize: 0, size: 0 };
    const data =
      content instanceof Uint8Array ? await this.#deflate(content) : await this.#stream(content);
    await this.#out.write(dataDescriptor(data));
    return data;
  }

  async #deflate(content: Uint8Array): Promise<DataFields> {
    const packed = deflateRawSync(content, { level: LEVEL, chunkSize: chunkFor(content.length) });
    await this.#out.write(packed);
    return { crc32: crc32(content), packedSize: packed.length, size: content.length };
  }

  async #stream(content: Readable): Promise<DataFields> {
    const start = this.#out.at;
    const most = this.#most;
    let checksum = 0;
    let size = 0;
    await pipeline(
      content,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          checksum = crc32(piece, checksum);
          size += piece.length;
          if (size > most) throw tooBig(`a file of it has more than ${most} bytes`);
          yield piece;
        }
      },
      createDeflateRaw({ level: LEVEL }),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const piece of packed) await this.#out.write(piece);
      },
    );
    return { crc32: checksum, packedSize: this.#out.at - start, size };
  }

  /** Writes the table of contents; resolves when the last byte has been taken. */
  async finish(): Promise<void> {
    const at = this.#out.at;
    const { length } = this.#directory;
    for (const piece of this.#directory.take()) await this.#out.write(piece);
    await this.#out.write(endRecords({ entries: this.#entries, at, length }));
    await this.#out.flush();
  }
}

/** All of it in one piece, of a small file in a small one: 60,000 of what Node takes by itself are 1 GB of garbage. */
function chunkFor(size: number): number {
  // What zlib's deflateBound allows for data that cannot be made smaller, and more.
  const most = size + (size >> 3) + 64;
  return Math.min(constants.Z_DEFAULT_CHUNK, most);
}

/** The zip's bytes on their way to the sink. */
class Output {
  /** How many there were. */
  at = 0;
  readonly #sink: (piece: Buffer) => Promise<void>;
  readonly #most: number;
  readonly #waiting = new Gathered();

  constructor(sink: (piece: Buffer) => Promise<void>, most: number) {
    this.#sink = sink;
    this.#most = most;
  }

  /** Null where nothing has to be waited for: a promise for each of the four parts of an entry would be many. */
  write(bytes: Buffer): Promise<void> | null {
    this.at += bytes.length;
    if (this.at > this.#most) throw tooBig(`it has more than ${this.#most} bytes`);
    this.#waiting.add(bytes);
    return this.#waiting.length < PIECE ? null : this.flush();
  }

  async flush(): Promise<void> {
    for (const piece of this.#waiting.take()) await this.#sink(piece);
  }
}
