import { pipeline, type Readable, Transform } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Inflated, inflateAtOnce } from '../../model/inflated.ts';
import { cut } from '../files/content.ts';
import type { Archive } from './archive.ts';
import { dataStart } from './local-header.ts';
import { openData } from './open-data.ts';
import { FLAG, type ZipRecord } from './record.ts';
import { BAD_CHECKSUM, BAD_METHOD, faultOf, NOT_VALID, SHORT, ZipFault } from './zip-fault.ts';
import type { ZipSource } from './zip-source.ts';

/** Bytes of an entry's packed data behind those that its content is made of; offsets in the zip. */
export interface Tail {
  readonly start: number;
  readonly end: number;
}

/** Called after the whole content was read, when there is such a tail. */
type OnTail = (tail: Tail) => void;

const STORED = 0;
const DEFLATED = 8;
const DESCRIPTOR = 0x08074b50;

/** Larger entries are read in pieces. */
const AT_ONCE = 8 * 1024 * 1024;

/** Entries up to this size are read completely even when only the start is needed: a stream costs more. */
const WHOLE_ANYWAY = 256 * 1024;

/**
 * Reads the first `limit` bytes of an entry. Never inflates more than that, whatever sizes the zip states. Throws a
 * ZipFault when Go refuses to read it: unsupported compression, damaged data, or a size or checksum that does not
 * match. Like Go, ignores the encrypted flag.
 */
export async function readEntry(
  archive: Archive,
  record: ZipRecord,
  limit: number,
  onTail: OnTail = () => {},
): Promise<Uint8Array> {
  const { size, packedSize } = record;
  const isSmall = size <= (limit < size ? WHOLE_ANYWAY : AT_ONCE) && packedSize <= AT_ONCE;
  if (!isSmall) return cut(await streamEntry(archive, record, onTail), limit);
  await breathe(size);
  return readWhole(archive.source, record, onTail).subarray(0, limit);
}

/** Bytes to read before yielding to the event loop, so that signals are handled. Each entry adds a fixed number. */
const TURN_AFTER = 4 * 1024 * 1024;

const ENTRY_COSTS = 16 * 1024;

let sinceTurn = 0;

async function breathe(size: number): Promise<void> {
  sinceTurn += size + ENTRY_COSTS;
  if (sinceTurn < TURN_AFTER) return;
  sinceTurn = 0;
  await turn();
}

/** Small contents that were read: to inflate a few bytes costs as much as all other work on them. */
const small = new WeakMap<ZipRecord, Uint8Array>();

const MOST_SMALL = 256;

function readWhole(source: ZipSource, record: ZipRecord, onTail: OnTail): Uint8Array {
  const known = small.get(record);
  if (known !== undefined) return known;
  const start = dataStart(source, record);
  assertMethod(record);
  const packed = source.read(start, record.packedSize);
  const isStored = record.method === STORED;
  const { made, consumed } = isStored
    ? { made: packed, consumed: packed.length }
    : inflate(packed, record.size);
  assertSame(source, record, start, made.length, crc32(made));
  if (consumed < packed.length) onTail({ start: start + consumed, end: start + packed.length });
  else if (made.length <= MOST_SMALL) small.set(record, Uint8Array.from(made));
  return made;
}

/** Minimum chunk size of Node's zlib, and maximum to allocate for an unverified size. */
const SMALLEST_CHUNK = 64;

const LARGEST_CHUNK = 1024 * 1024;

function inflate(data: Buffer, size: number): Inflated {
  // One byte more than stated, to detect an entry with a wrong size without inflating a bomb. One chunk of exactly
  // that size: thousands of half-empty chunks would load the garbage collector.
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, size + 1));
  try {
    return inflateAtOnce(data, { maxOutputLength: size + 1, chunkSize });
  } catch (thrown) {
    if (isTooLarge(thrown)) throw unpacksToMore();
    throw faultOf(thrown);
  }
}

function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
}

/** The content of an entry as a stream, which fails as {@link readEntry} does, at its end at the latest. */
export async function streamEntry(
  archive: Archive,
  record: ZipRecord,
  onTail: OnTail = () => {},
): Promise<Readable> {
  const { start, packedSize, raw } = await openPacked(archive, record);
  const decoder = record.method === STORED ? null : createInflateRaw();
  const checked = checking(record.size, (size, checksum) => {
    assertSame(archive.source, record, start, size, checksum);
    const consumed = decoder?.bytesWritten ?? packedSize;
    if (consumed < packedSize) onTail({ start: start + consumed, end: start + packedSize });
  });
  // Errors are reported by `checked`: a pipeline destroys every stream with the first error.
  pipeline(decoder === null ? [raw, checked] : [raw, decoder, checked], () => {});
  return checked;
}

function checking(most: number, judge: (size: number, checksum: number) => void): Transform {
  let size = 0;
  let checksum = 0;
  const check = (done: (error?: Error | null) => void): void => {
    try {
      judge(size, checksum);
      done();
    } catch (thrown) {
      done(faultOf(thrown));
    }
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      checksum = crc32(chunk, checksum);
      // Stops a zip bomb here, not after terabytes.
      if (size > most) check(done);
      else done(null, chunk);
    },
    flush: check,
  });
}

/** The buffer size of io.Copy, and the maximum that Go's inflate returns at once. */
const PIECE = 32 * 1024;

/**
 * An entry's content in the pieces in which Go reads it, so that for a damaged entry exactly the bytes are written
 * that eKuiper writes: all before the fault, but not the piece with which Go detects a wrong size (Read of
 * checksumReader). Rejects at once when Go cannot open the entry; throws a ZipFault when it fails later. Unlike Go,
 * it drops what was decompressed in the last step before damaged data.
 */
export async function goPieces(
  archive: Archive,
  record: ZipRecord,
): Promise<AsyncGenerator<Buffer>> {
  const { start, packedSize, raw } = await openPacked(archive, record);
  const isStored = record.method === STORED;
  // Errors are reported by the last stream.
  const unpacked = isStored ? raw : pipeline(raw, createInflateRaw(), () => {});
  const endsWithData = !isStored || packedSize < record.packedSize;
  return inPieces(unpacked, endsWithData, (size, checksum) => {
    if (size > record.size) throw unpacksToMore();
    return {
      isShort: size < record.size,
      end: () => assertSame(archive.source, record, start, size, checksum),
    };
  });
}

type Judge = (size: number, checksum: number) => { readonly isShort: boolean; end(): void };

/**
 * `endsWithData`: the last piece arrives together with the end of the stream, and is lost when the end comes too
 * early.
 */
async function* inPieces(
  unpacked: AsyncIterable<Buffer>,
  endsWithData: boolean,
  judge: Judge,
): AsyncGenerator<Buffer> {
  let size = 0;
  let checksum = 0;
  const judged = (piece: Buffer): ReturnType<Judge> => {
    size += piece.length;
    checksum = crc32(piece, checksum);
    return judge(size, checksum);
  };
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of unpacked) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (; held.length >= PIECE; held = held.subarray(PIECE)) {
        const piece = held.subarray(0, PIECE);
        judged(piece);
        yield piece;
      }
    }
  } catch (thrown) {
    throw faultOf(thrown);
  }
  const { isShort, end } = judged(held);
  if (!(isShort && endsWithData)) yield held;
  end();
}

/** The packed data of an entry, as far as the zip goes, and where it starts. */
async function openPacked(
  { source, data }: Archive,
  record: ZipRecord,
): Promise<{ readonly start: number; readonly packedSize: number; readonly raw: Readable }> {
  const start = dataStart(source, record);
  assertMethod(record);
  const packedSize = Math.min(record.packedSize, source.size - start);
  return { start, packedSize, raw: await openData(data, start, packedSize) };
}

/** Throws a ZipFault for a compression method that Go does not support. */
function assertMethod({ method }: ZipRecord): void {
  if (method !== STORED && method !== DEFLATED) {
    throw new ZipFault(`it is compressed by method ${method}`, BAD_METHOD);
  }
}

/** The checks of Go's checksumReader at the end of an entry: its size, then the data descriptor, then the checksum. */
function assertSame(
  source: ZipSource,
  record: ZipRecord,
  start: number,
  size: number,
  checksum: number,
): void {
  if (size > record.size) throw unpacksToMore();
  if (size < record.size) throw new ZipFault('it unpacks to less than the zip says', SHORT);
  const hasDescriptor = (record.flags & FLAG.descriptor) !== 0;
  if (hasDescriptor) assertDescriptor(source, record, start + record.packedSize);
  if (!hasDescriptor && record.crc32 === 0) return;
  if (checksum !== record.crc32) throw new ZipFault('its checksum is wrong', BAD_CHECKSUM);
}

function unpacksToMore(): ZipFault {
  return new ZipFault('it unpacks to more than the zip says', NOT_VALID);
}

/**
 * Go checks only the checksum in it and ignores its sizes (readDataDescriptor): writers do not agree whether they have
 * 4 or 8 bytes, and the central directory has them too. So does this.
 */
function assertDescriptor(source: ZipSource, record: ZipRecord, at: number): void {
  const bytes = source.read(at, 16);
  const skipped = bytes.length >= 4 && bytes.readUInt32LE(0) === DESCRIPTOR ? 4 : 0;
  if (bytes.length < skipped + 12) {
    throw new ZipFault('the data descriptor behind its data is truncated', SHORT);
  }
  if (bytes.readUInt32LE(skipped) === record.crc32) return;
  throw new ZipFault('the data descriptor behind its data has another checksum', BAD_CHECKSUM);
}
