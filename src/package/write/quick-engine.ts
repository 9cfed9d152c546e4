import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { ZipArchive } from 'archiver';

const DEFLATED = 8;
const PIECE = 64 * 1024;

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
export function quicken(archive: ZipArchive, level: number): void {
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

/** Small chunks in large pieces. */
class Gathered {
  #pieces: Buffer[] = [];
  #last = Buffer.alloc(0);
  #length = 0;

  add(chunk: Buffer | string): true {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (this.#length + bytes.length > this.#last.length) {
      this.#pieces.push(this.#last.subarray(0, this.#length));
      this.#last = Buffer.allocUnsafe(Math.max(PIECE, bytes.length));
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
  let piece = Buffer.allocUnsafe(PIECE);
  let length = 0;
  const flush = (): void => {
    if (length === 0) return;
    const full = piece.subarray(0, length);
    piece = Buffer.allocUnsafe(PIECE);
    length = 0;
    // The engine counts what it is given; this was counted when it came.
    engine.offset -= full.length;
    write(full);
  };
  engine.write = (chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (bytes.length + length > PIECE) flush();
    if (bytes.length >= PIECE) return write(bytes);
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
