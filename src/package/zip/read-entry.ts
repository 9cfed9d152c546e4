import { pipeline, type Readable, Transform } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry as ZipEntry } from 'yauzl';
import { cut } from '../plan/content.ts';
import type { Archive } from './archive.ts';

const STORED = 0;
const DEFLATED = 8;
/** What Node's zlib allows, and what a claimed size may cost before it is proven. */
const SMALLEST_CHUNK = 64;
const LARGEST_CHUNK = 1024 * 1024;

/**
 * The first `limit` bytes of an entry's content. Never inflates more than that, whatever the zip claims.
 * Throws when the entry is encrypted, compressed in another way, damaged, or of another size than it says.
 */
export async function readEntry(
  archive: Archive,
  entry: ZipEntry,
  limit: number,
): Promise<Uint8Array> {
  const { bytes } = archive;
  if (bytes === null || limit < entry.uncompressedSize) {
    return cut(await streamEntry(archive, entry), limit);
  }
  const data = rawSlice(bytes, entry);
  const content = entry.compressionMethod === STORED ? data : inflate(data, entry.uncompressedSize);
  assertSame(entry, content.length, crc32(content));
  return content;
}

/** Go checks both as well, the checksum only where there is one. */
function assertSame(entry: ZipEntry, size: number, checksum: number): void {
  if (size !== entry.uncompressedSize) {
    throw new Error('it unpacks to another size than the zip says');
  }
  if (entry.crc32 !== 0 && checksum !== entry.crc32) throw new Error('its checksum is wrong');
}

/** The entry's content as a stream, which fails at its end when size or checksum are not those of the zip. */
export async function streamEntry(archive: Archive, entry: ZipEntry): Promise<Readable> {
  const { zip } = archive;
  if (!zip) throw new Error('the zip could not be opened');
  assertReadable(entry);
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  const checked = checking(entry);
  const steps = entry.compressionMethod === STORED ? [] : [createInflateRaw()];
  // Errors reach whoever reads `checked`: a pipeline destroys every stream with the first error.
  pipeline([raw, ...steps, checked], () => {});
  return checked;
}

function checking(entry: ZipEntry): Transform {
  let size = 0;
  let checksum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      checksum = crc32(chunk, checksum);
      // A bomb ends here, not after terabytes.
      if (size > entry.uncompressedSize) assertSameTo(done, entry, size, checksum);
      else done(null, chunk);
    },
    flush: (done) => assertSameTo(done, entry, size, checksum),
  });
}

function assertSameTo(
  done: (error?: Error | null) => void,
  entry: ZipEntry,
  size: number,
  checksum: number,
): void {
  try {
    assertSame(entry, size, checksum);
    done();
  } catch (thrown) {
    done(thrown instanceof Error ? thrown : new Error(String(thrown)));
  }
}

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

/** Straight from memory: yauzl's own way costs two turns of the event loop per entry. */
function rawSlice(bytes: Buffer, entry: ZipEntry): Buffer {
  assertReadable(entry);
  const at = entry.relativeOffsetOfLocalHeader;
  if (at + LOCAL_HEADER_BYTES > bytes.length || bytes.readUInt32LE(at) !== LOCAL_HEADER) {
    throw new Error('its header is not where the zip says');
  }
  const start = at + LOCAL_HEADER_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + entry.compressedSize > bytes.length) throw new Error('the zip ends before it does');
  return bytes.subarray(start, start + entry.compressedSize);
}

function assertReadable(entry: ZipEntry): void {
  if (entry.isEncrypted()) throw new Error('it is encrypted');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw new Error(`it is compressed by method ${entry.compressionMethod}`);
  }
}

function inflate(data: Buffer, size: number): Buffer {
  // One byte more than claimed: an entry that lies about its size is caught, a bomb is not inflated.
  // One piece of just that size: thousands of half-empty ones would keep the garbage collector busy.
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, size + 1));
  return inflateRawSync(data, { maxOutputLength: size + 1, chunkSize });
}
