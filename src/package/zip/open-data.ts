import { Readable } from 'node:stream';
import { RandomAccessReader, ZipFile } from 'yauzl';
import type { ZipSource } from './zip-source.ts';

// Beside zip-source.ts, so that looking into a zip within a project does not load yauzl.

const PIECE = 256 * 1024;

/** A yauzl file for reading the data of entries; its central directory was read already. */
export function dataFile(source: ZipSource): ZipFile {
  return new ZipFile(new SourceReader(source), 0, source.size, 0, '', false, true, false, false);
}

/** Lets yauzl read the bytes of a ZipSource. */
class SourceReader extends RandomAccessReader {
  readonly #source: ZipSource;

  constructor(source: ZipSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(pieces(this.#source, start, end));
  }
}

function* pieces(source: ZipSource, start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end; at += PIECE) yield source.read(at, Math.min(PIECE, end - at));
}

/** A range of the zip as a stream of raw bytes. Rejects when it exceeds the end. */
export function openData(file: ZipFile, start: number, length: number): Promise<Readable> {
  return new Promise((resolve, reject) => {
    file.openReadStreamLowLevel(start, length, 0, length, false, null, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}
