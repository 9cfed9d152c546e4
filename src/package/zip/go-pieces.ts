import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Archive } from './archive.ts';
import { dataStart } from './local-header.ts';
import { openData } from './open-data.ts';
import { assertMethod, assertSame, STORED } from './read-entry.ts';
import type { ZipRecord } from './record.ts';
import { faultOf, NOT_VALID, ZipFault } from './zip-fault.ts';

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
  const { source, data } = archive;
  const start = dataStart(source, record);
  assertMethod(record);
  const packedSize = Math.min(record.packedSize, source.size - start);
  const raw = await openData(data, start, packedSize);
  const isStored = record.method === STORED;
  // Errors are reported by the last stream.
  const unpacked = isStored ? raw : pipeline(raw, createInflateRaw(), () => {});
  const endsWithData = !isStored || packedSize < record.packedSize;
  return inPieces(unpacked, endsWithData, (size, checksum) => {
    if (size > record.size) throw new ZipFault('it unpacks to more than the zip says', NOT_VALID);
    return {
      isShort: size < record.size,
      end: () => assertSame(source, record, start, size, checksum),
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
