import { pipeline, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { constants, createInflateRaw, inflateRawSync } from 'node:zlib';
import { refuseMachineLimit } from '../machine-limit.ts';
import { compressedStarts, gzipDataAt } from './compressed-starts.ts';
import { isElf, type SecretContent } from './secret-content.ts';
import { searchStream, secretIn } from './secret-search.ts';

/**
 * So many bytes of one compressed file are read, and so many are made of it; of a zip inside, so many entries. `all`: so
 * many bytes are made of all compressed files that are packed together.
 */
export const UNPACK_LIMITS = {
  bytes: 64 * 1024 ** 2,
  entries: 10_000,
  all: 256 * 1024 ** 2,
} as const;

/** How many bytes may still be unpacked of all files together. */
export interface UnpackBudget {
  left: number;
}

/**
 * Why something in a compressed file was not searched: a limit of {@link UNPACK_LIMITS} or of the budget, or entries of a
 * zip that are encrypted, or compressed in another way than deflate.
 */
export type Unsearched = 'limit' | 'encrypted' | 'method';

export interface CompressedSearch {
  readonly found: SecretContent | null;
  /** Null when all was searched, or a private key ended the search; damaged data ends where it is damaged. */
  readonly unsearched: Unsearched | null;
}

/**
 * Searches what the members in gzip and the deflated entries of zips in a file unpack to, one level deep; `bytes` is the
 * file or what was read of it. They are found by the headers in front of their data, wherever those stand: so are those
 * that a table of contents hides, and those behind a script. Stored ones are found by the search of the file itself.
 */
export async function secretInCompressed(
  bytes: Buffer,
  budget: UnpackBudget,
): Promise<CompressedSearch> {
  const own = { left: Math.min(budget.left, UNPACK_LIMITS.bytes) };
  const before = own.left;
  const search = await inAll(bytes, own);
  budget.left -= before - own.left;
  const { found, unsearched } = search;
  if (found === null) return search;
  const what = `${found.what} in compressed form`;
  // As in a program that is not compressed: libraries hold the keys of their tests.
  const isPrivateKey = found.isPrivateKey && !isElf(bytes);
  return { found: { ...found, what, isPrivateKey, line: null }, unsearched };
}

const CHUNK = 256 * 1024;
/** What zlib made of the piece in which it met a fault is lost: pieces are small, and smaller where most keys end. */
const [FIRST_PIECE, FIRST_BYTES, PIECE] = [256, 16 * 1024, 4096] as const;

/** Deflate makes at most 1032 bytes of one. */
const LARGEST_FIRST = FIRST_PIECE * 1032;

/** What is cut off is searched up to there, and no checksum is asked: who looks for a key does not ask it either. */
const UP_TO_THE_END = { finishFlush: constants.Z_SYNC_FLUSH };

/** Until a private key is found, the data ends or is damaged, or the budget is used up. */
async function unpacked(bytes: Buffer, budget: UnpackBudget): Promise<CompressedSearch> {
  // Mostly chance made it look like a start: a stream for each would cost seconds.
  if (inflated(bytes.subarray(0, FIRST_PIECE), LARGEST_FIRST) === null)
    return { found: null, unsearched: null };
  const decoder = createInflateRaw({ chunkSize: CHUNK, ...UP_TO_THE_END });
  let isWhole = true;
  async function* pieces(): AsyncGenerator<Buffer> {
    pipeline([Readable.from(slices(bytes)), decoder], () => {});
    try {
      for await (const piece of decoder) {
        yield piece.subarray(0, budget.left);
        isWhole = piece.length <= budget.left;
        budget.left = Math.max(0, budget.left - piece.length);
        if (!isWhole) return;
      }
    } catch (thrown) {
      refuseMachineLimit(thrown);
    }
  }
  const { found } = await searchStream(pieces());
  return { found, unsearched: isWhole ? null : 'limit' };
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + (at < FIRST_BYTES ? FIRST_PIECE : PIECE);
    yield bytes.subarray(at, end);
    at = end;
  }
}

const HEADER_LENGTH = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** What an entry costs beside its bytes. */
const ENTRY_COSTS = 1024;
/** Smaller entries are unpacked at once: a stream costs more. */
const AT_ONCE = 256 * 1024;

async function inAll(bytes: Buffer, budget: UnpackBudget): Promise<CompressedSearch> {
  let found: SecretContent | null = null;
  let unsearched: Unsearched | null = null;
  let count = 0;
  for (const { at, isGzip } of compressedStarts(bytes)) {
    const sealed = isGzip ? null : sealedBy(bytes, at);
    unsearched ??= sealed;
    if (sealed !== null || (!isGzip && bytes.readUInt16LE(at + 8) !== DEFLATED)) continue;
    count += 1;
    if (count > UNPACK_LIMITS.entries || budget.left <= 0) return { found, unsearched: 'limit' };
    if (count % 16 === 0) await turn();
    const search = await (isGzip
      ? unpacked(bytes.subarray(gzipDataAt(bytes, at)), budget)
      : inEntry(bytes, at, budget));
    if (search.found?.isPrivateKey || search.unsearched !== null) {
      return { found: search.found ?? found, unsearched: search.unsearched };
    }
    found ??= search.found;
  }
  return { found, unsearched };
}

/** Why what stands behind the header at `at` cannot be unpacked here. */
function sealedBy(bytes: Buffer, at: number): Unsearched | null {
  if ((bytes.readUInt16LE(at + 6) & ENCRYPTED) !== 0) return 'encrypted';
  const method = bytes.readUInt16LE(at + 8);
  return method === STORED || method === DEFLATED ? null : 'method';
}

async function inEntry(bytes: Buffer, at: number, budget: UnpackBudget): Promise<CompressedSearch> {
  const start = at + HEADER_LENGTH + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  budget.left = Math.max(0, budget.left - ENTRY_COSTS);
  const packedSize = bytes.readUInt32LE(at + 18);
  const isSmall = packedSize > 0 && packedSize < AT_ONCE;
  const small = isSmall ? inflated(bytes.subarray(start, start + packedSize), AT_ONCE) : null;
  if (small === null) {
    return await unpacked(bytes.subarray(start), budget);
  }
  budget.left = Math.max(0, budget.left - small.length);
  return { found: secretIn(small), unsearched: null };
}

/** Null for what is damaged, or unpacks to more. */
function inflated(packed: Buffer, maxOutputLength: number): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength, ...UP_TO_THE_END });
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return null;
  }
}
