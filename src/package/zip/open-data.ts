import { Readable } from 'node:stream';
import { RandomAccessReader, ZipFile } from 'yauzl';
import type { ZipSource } from './zip-source.ts';

const PIECE = 256 * 1024;

/** Gives yauzl the bytes of a zip. */
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

/** A yauzl file over a zip whose directory was read already, for the data of its entries. */
export function dataFile(source: ZipSource): ZipFile {
  return new ZipFile(new SourceReader(source), 0, source.size, 0, '', false, true, false, false);
}

/** A range of the zip as a stream, as it lies there. Rejects where it goes beyond the end. */
export function openData(file: ZipFile, start: number, length: number): Promise<Readable> {
  return new Promise((resolve, reject) => {
    file.openReadStreamLowLevel(start, length, 0, length, false, null, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}
