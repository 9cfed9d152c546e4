import { Writable } from 'node:stream';

const PIECE = 256 * 1024;

/** A stream that hands its bytes to `sink` in large pieces: zip writers emit a header field at a time. */
export function piecewise(sink: (piece: Buffer) => Promise<void>): Writable {
  let waiting: Buffer[] = [];
  let length = 0;
  const flush = (done: (error?: Error | null) => void): void => {
    const piece = Buffer.concat(waiting, length);
    waiting = [];
    length = 0;
    sink(piece).then(() => done(), done);
  };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      waiting.push(chunk);
      length += chunk.length;
      if (length < PIECE) done();
      else flush(done);
    },
    final: flush,
  });
}
