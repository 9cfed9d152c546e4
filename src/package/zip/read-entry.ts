import type { Readable } from 'node:stream';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry as ZipEntry } from 'yauzl';
import type { Archive } from './archive.ts';

const STORED = 0;
const DEFLATED = 8;

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
    return collect(await streamEntry(archive, entry), limit);
  }
  const data = await rawSlice(archive, bytes, entry);
  const content = entry.compressionMethod === STORED ? data : inflate(data, entry.uncompressedSize);
  if (content.length !== entry.uncompressedSize) throw new Error(WRONG_SIZE);
  return content;
}

const WRONG_SIZE = 'it unpacks to another size than the zip says';

/** The entry's content as a stream; the size it claims is checked by whoever reads it to its end. */
export async function streamEntry(archive: Archive, entry: ZipEntry): Promise<Readable> {
  const { zip } = archive;
  if (!zip) throw new Error('the zip could not be opened');
  assertReadable(entry);
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === STORED) return raw;
  const inflated = createInflateRaw();
  raw.on('error', (error) => inflated.destroy(error));
  inflated.on('close', () => raw.destroy());
  return raw.pipe(inflated);
}

async function rawSlice(archive: Archive, bytes: Buffer, entry: ZipEntry): Promise<Buffer> {
  assertReadable(entry);
  if (!archive.zip) throw new Error('the zip could not be opened');
  const { fileDataStart } = await archive.zip.readLocalFileHeaderPromise(entry, { minimal: true });
  return bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
}

function assertReadable(entry: ZipEntry): void {
  if (entry.isEncrypted()) throw new Error('it is encrypted');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw new Error(`it is compressed by method ${entry.compressionMethod}`);
  }
}

function inflate(data: Buffer, size: number): Buffer {
  // One byte more than claimed: an entry that lies about its size is caught, a bomb is not inflated.
  return inflateRawSync(data, { maxOutputLength: size + 1 });
}

async function collect(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
