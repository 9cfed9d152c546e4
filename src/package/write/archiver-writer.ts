import { type Readable, Writable } from 'node:stream';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { ZipArchive } from 'archiver';
import type { ZipWriter, ZipWriterOptions } from './zip-writer.ts';

const DEFLATED = 8;

const WRITTEN_AT_ONCE = 64 * 1024;

/** Small chunks in large pieces. */
class Gathered {
  #pieces: Buffer[] = [];
  #last = Buffer.alloc(0);
  #length = 0;

  add(chunk: Buffer | string): true {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (this.#length + bytes.length > this.#last.length) {
      this.#pieces.push(this.#last.subarray(0, this.#length));
      this.#last = Buffer.allocUnsafe(Math.max(WRITTEN_AT_ONCE, bytes.length));
      this.#length = 0;
    }
    bytes.copy(this.#last, this.#length);
    this.#length += bytes.length;
    return true;
  }

  /** All that was added since the last time. */
  take(): readonly Buffer[] {
    const all = [...this.#pieces, this.#last.subarray(0, this.#length)];
    this.#pieces = [];
    this.#last = Buffer.alloc(0);
    this.#length = 0;
    return all;
  }
}

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
  const waiting = new WaitingSteps(failure);
  archive.on('entry', () => waiting.endFirst());
  return {
    add(name, mode, content) {
      const written = waiting.add();
      // An empty deflated file would need a data descriptor, which strict readers refuse.
      const store = content instanceof Uint8Array && content.length === 0;
      archive.append(asSource(content, archive), { name, mode, date, store });
      return written;
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

interface Step {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Steps that end one after another, or all when something fails. A race with the failure would keep each until the end. */
class WaitingSteps {
  readonly #steps: Step[] = [];
  readonly #failure: Promise<never>;
  #hasFailed = false;

  constructor(failure: Promise<never>) {
    this.#failure = failure;
    failure.catch((reason: unknown) => {
      this.#hasFailed = true;
      for (const { reject } of this.#steps.splice(0)) reject(reason);
    });
  }

  add(): Promise<void> {
    if (this.#hasFailed) return this.#failure;
    return new Promise((resolve, reject) => this.#steps.push({ resolve, reject }));
  }

  endFirst(): void {
    this.#steps.shift()?.resolve();
  }
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

/** What is used of an entry and of the writer inside archiver (compress-commons), which has no types. */
interface EngineEntry {
  getMethod(): number;
  setCrc(crc: number): void;
  setSize(size: number): void;
  setCompressedSize(size: number): void;
}

interface Engine {
  /** Bytes written so far. */
  offset: number;
  _appendBuffer(
    entry: EngineEntry,
    source: Buffer,
    done: (error: Error | null, entry: EngineEntry) => void,
  ): void;
  _writeLocalFileHeader(entry: EngineEntry): void;
  _writeCentralFileHeader(entry: EngineEntry): void;
  /** Those that were added, for the central directory. */
  _entries: EngineEntry[];
  _afterAppend(entry: EngineEntry): void;
  write(chunk: Buffer | string): boolean;
  end(): unknown;
}

/**
 * Makes archiver quick for ten thousands of small files: what is in memory is deflated at once instead of through a
 * stream for each entry, and header fields are gathered instead of being a write of two bytes each, which took ten
 * times the size of the zip in memory. Of an entry that is written only its line of the table of contents is kept. The
 * bytes are the same. Where archiver has another shape than it is known by, nothing changes.
 */
function quicken(archive: ZipArchive, level: number): void {
  const engine = engineOf(archive);
  if (engine === null) return;
  deflateAtOnce(engine, level);
  gatherWrites(engine);
  keepHeadersOnly(engine);
}

/** An entry takes ten times the memory of its header in the table of contents, and that is known once it is written. */
function keepHeadersOnly(engine: Engine): void {
  const afterAppend = engine._afterAppend.bind(engine);
  const writeHeader = engine._writeCentralFileHeader.bind(engine);
  const headers = new Gathered();
  let first: EngineEntry | null = null;
  engine._afterAppend = (entry) => {
    const { write } = engine;
    engine.write = (chunk) => headers.add(chunk);
    writeHeader(entry);
    engine.write = write;
    first ??= entry;
    afterAppend(entry);
    // They are counted; each is asked for its header, and the first one gives all of them.
    engine._entries[engine._entries.length - 1] = first;
  };
  engine._writeCentralFileHeader = () => {
    for (const piece of headers.take()) engine.write(piece);
  };
}

function deflateAtOnce(engine: Engine, level: number): void {
  const original = engine._appendBuffer.bind(engine);
  engine._appendBuffer = (entry, source, done) => {
    if (entry.getMethod() !== DEFLATED || source.length === 0) {
      original(entry, source, done);
      return;
    }
    engine._writeLocalFileHeader(entry);
    const data = deflateRawSync(source, { level, chunkSize: chunkFor(source.length) });
    entry.setCrc(crc32(source));
    entry.setSize(source.length);
    entry.setCompressedSize(data.length);
    engine.write(data);
    engine._afterAppend(entry);
    done(null, entry);
  };
}

/** All of it in one piece, of a small file in a small one: 60,000 of what Node takes by itself are 1 GB of garbage. */
function chunkFor(size: number): number {
  // What zlib's deflateBound allows for data that cannot be made smaller, and more.
  const most = size + (size >> 3) + 64;
  return Math.min(constants.Z_DEFAULT_CHUNK, most);
}

function gatherWrites(engine: Engine): void {
  const write = engine.write.bind(engine);
  const end = engine.end.bind(engine);
  let piece = Buffer.allocUnsafe(WRITTEN_AT_ONCE);
  let length = 0;
  const flush = (): void => {
    if (length === 0) return;
    const full = piece.subarray(0, length);
    piece = Buffer.allocUnsafe(WRITTEN_AT_ONCE);
    length = 0;
    // The engine counts what it is given; this was counted when it came.
    engine.offset -= full.length;
    write(full);
  };
  engine.write = (chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (bytes.length + length > WRITTEN_AT_ONCE) flush();
    if (bytes.length >= WRITTEN_AT_ONCE) return write(bytes);
    bytes.copy(piece, length);
    length += bytes.length;
    engine.offset += bytes.length;
    return true;
  };
  engine.end = () => {
    flush();
    return end();
  };
}

function engineOf(archive: object): Engine | null {
  const engine = member(member(archive, '_module'), 'engine');
  return isEngine(engine) ? engine : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function isEngine(value: unknown): value is Engine {
  const methods = [
    '_appendBuffer',
    '_writeLocalFileHeader',
    '_writeCentralFileHeader',
    '_afterAppend',
    'write',
    'end',
  ];
  const isComplete = methods.every((name) => typeof member(value, name) === 'function');
  const hasFields =
    typeof member(value, 'offset') === 'number' && Array.isArray(member(value, '_entries'));
  return isComplete && hasFields;
}
