import { type Readable, Writable } from 'node:stream';
import { ZipArchive } from 'archiver';
import { quicken } from './quick-engine.ts';
import type { ZipWriter, ZipWriterOptions } from './zip-writer.ts';

const PIECE = 256 * 1024;

/** Not the best possible, but what `zip` does; part of what makes the same content the same bytes. */
const LEVEL = 6;

/** A zip writer by the archiver package: deflated, streamed, Unix modes, UTC dates. */
export function archiverWriter({ date, sink }: ZipWriterOptions): ZipWriter {
  const archive = new ZipArchive({ zlib: { level: LEVEL } });
  quicken(archive, LEVEL);
  const output = piecewise(sink);
  const failure = firstError(archive, output);
  const ended = new Promise<void>((resolve) => output.once('finish', resolve));
  archive.pipe(output);
  // archiver takes entries one after another: the n-th "entry" event answers the n-th append.
  const waiting: (() => void)[] = [];
  archive.on('entry', () => waiting.shift()?.());
  return {
    add(name, mode, content) {
      const written = new Promise<void>((resolve) => waiting.push(resolve));
      // An empty deflated file would need a data descriptor, which strict readers refuse.
      const store = content instanceof Uint8Array && content.length === 0;
      archive.append(asSource(content, archive), { name, mode, date, store });
      return Promise.race([written, failure]);
    },
    async finish() {
      await Promise.race([archive.finalize(), failure]);
      await Promise.race([ended, failure]);
    },
    abort() {
      archive.abort();
      output.destroy();
    },
  };
}

/** archiver pipes a source through another stream and forgets its errors; then nothing would ever end. */
function asSource(content: Uint8Array | Readable, archive: ZipArchive): Buffer | Readable {
  if (content instanceof Uint8Array)
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return content.on('error', (error) => archive.emit('error', error));
}

function firstError(...emitters: NodeJS.EventEmitter[]): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    for (const emitter of emitters) emitter.on('error', reject);
  });
  // Whoever awaits a step sees it; without a step under way nobody needs to.
  failure.catch(() => {});
  return failure;
}

/** A stream that hands its bytes to `sink` in large pieces: zip writers emit a header field at a time. */
function piecewise(sink: (piece: Buffer) => Promise<void>): Writable {
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
