import { type Readable, Writable } from 'node:stream';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { ZipArchive } from 'archiver';
import type { ZipWriter, ZipWriterOptions } from './feed-entry.ts';

const DEFLATED = 8;
const WRITTEN_AT_ONCE = 64 * 1024;

/** Collects small chunks into large pieces. */
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

  /** Returns all chunks since the last call. */
  take(): readonly Buffer[] {
    const all = [...this.#pieces, this.#last.subarray(0, this.#length)];
    this.#pieces = [];
    this.#last = Buffer.alloc(0);
    this.#length = 0;
    return all;
  }
}

const PIECE = 256 * 1024;

/** Not the best compression, but the default of `zip`; fixed, so that the same content gives the same bytes. */
const LEVEL = 6;

/** A zip writer on top of the archiver package: deflated, streamed, Unix modes, UTC dates. */
export function archiverWriter({ date, sink }: ZipWriterOptions): ZipWriter {
  const archive = new ZipArchive({ zlib: { level: LEVEL } });
  quicken(archive, LEVEL);
  const output = piecewise(sink);
  const failure = firstError(archive, output);
  const ended = new Promise<void>((resolve) => output.once('finish', resolve));
  archive.pipe(output);
  // archiver processes entries in sequence: the n-th "entry" event belongs to the n-th append.
  const waiting = new WaitingSteps(failure);
  archive.on('entry', () => waiting.endFirst());
  return {
    add(name, mode, content) {
      const written = waiting.add();
      // An empty deflated file would need a data descriptor, which strict readers reject.
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

/**
 * Steps that resolve in sequence, or all reject on failure. A Promise.race with the failure would keep each step in
 * memory until the end.
 */
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

/** archiver pipes a source through another stream and does not forward its errors, so the writer would never end. */
function asSource(content: Uint8Array | Readable, archive: ZipArchive): Buffer | Readable {
  if (content instanceof Uint8Array)
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return content.on('error', (error) => archive.emit('error', error));
}

function firstError(...emitters: NodeJS.EventEmitter[]): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    for (const emitter of emitters) emitter.on('error', reject);
  });
  // The await of a step reports it; without a pending step it must not count as unhandled.
  failure.catch(() => {});
  return failure;
}

/** A stream that passes its bytes to `sink` in large pieces: zip writers write a header field at a time. */
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

/** The used part of archiver's entries and inner writer (compress-commons), which have no types. */
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
  /** The entries added, for the central directory. */
  _entries: EngineEntry[];
  _afterAppend(entry: EngineEntry): void;
  write(chunk: Buffer | string): boolean;
  end(): unknown;
}

/**
 * Speeds up archiver for tens of thousands of small files: content in memory is deflated at once instead of through a
 * stream per entry, and header fields are collected instead of written two bytes at a time, which took ten times the
 * size of the zip in memory. Of a written entry only its header in the central directory is kept. The output bytes
 * are the same. If archiver's internals have another shape, nothing is changed.
 */
function quicken(archive: ZipArchive, level: number): void {
  const engine = engineOf(archive);
  if (engine === null) return;
  deflateAtOnce(engine, level);
  gatherWrites(engine);
  keepHeadersOnly(engine);
}

/** An entry takes ten times the memory of its central directory header, which is known once it is written. */
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
    // The engine counts the entries and asks each for its header; the first one returns all of them.
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

/** A chunk size for the whole content of a small file: with Node's default chunks, 60,000 files make 1 GB of garbage. */
function chunkFor(size: number): number {
  // More than zlib's deflateBound for incompressible data.
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
    // The engine counts what it receives; these bytes were counted on arrival.
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
