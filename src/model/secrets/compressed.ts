import { pipeline, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { constants, createInflateRaw } from 'node:zlib';
import { type Inflated, inflateAtOnce } from '../inflated.ts';
import { refuseMachineLimit } from '../machine-limit.ts';
import {
  type CompressedStart,
  compressedStarts,
  decodedAt,
  deflatedAt,
  gzipDataAt,
} from './compressed-starts.ts';
import { isElf, type SearchBudget, type SecretContent } from './secret-content.ts';
import { searchBytes, searchStream } from './secret-search.ts';

/**
 * Limits for the search in compressed files. Per file: bytes read, bytes unpacked, and entries of a zip inside.
 * Of all compressed files of a package: bytes unpacked (`all`), and members and entries unpacked (`starts`), each of which
 * costs an object of Node's zlib, however small it is.
 */
export const UNPACK_LIMITS = {
  bytes: 64 * 1024 ** 2,
  entries: 10_000,
  all: 256 * 1024 ** 2,
  starts: 20_000,
} as const;

/** How many bytes may still be unpacked from compressed files, and how many more members and entries; left out: any number. */
export interface UnpackBudget extends SearchBudget {
  starts?: number;
}

/**
 * Why part of a compressed file was not searched: a limit of {@link UNPACK_LIMITS} or of the budget, or zip entries
 * that are encrypted or use another compression than deflate.
 */
export type Unsearched = 'limit' | 'encrypted' | 'method';

export interface CompressedSearch {
  readonly found: SecretContent | null;
  /**
   * Null when everything was searched, or when a private key ended the search; damaged data counts up to where it is
   * damaged.
   */
  readonly unsearched: Unsearched | null;
}

/**
 * Searches the unpacked content of gzip members, of gzip and zlib data in base64, of the deflated entries of zips,
 * and of a file in zlib's format, one level deep; `bytes` is the file or the part of it that was read. They are found
 * by their local headers anywhere in the file, so also entries that are missing in the central directory and data
 * after a script. Stored entries are found by the search of the file itself.
 */
export async function secretInCompressed(
  bytes: Buffer,
  budget: UnpackBudget,
): Promise<CompressedSearch> {
  const most = {
    left: Math.min(budget.left, UNPACK_LIMITS.bytes),
    starts: Math.min(budget.starts ?? UNPACK_LIMITS.entries, UNPACK_LIMITS.entries),
  };
  const own = { ...most };
  const search = await inAll(bytes, own);
  budget.left -= most.left - own.left;
  if (budget.starts !== undefined) budget.starts -= most.starts - own.starts;
  const { found, unsearched } = search;
  if (found === null) return search;
  const what = `${found.what} in compressed form`;
  // As in an uncompressed program: libraries contain the keys of their tests.
  const isPrivateKey = found.isPrivateKey && !isElf(bytes);
  return { found: { ...found, what, isPrivateKey, line: null }, unsearched };
}

const CHUNK = 256 * 1024;
/** zlib loses the output of the piece with a fault, so pieces are small, and smaller where most keys end. */
const [FIRST_PIECE, FIRST_BYTES, PIECE] = [256, 16 * 1024, 4096] as const;

/**
 * Truncated data is searched up to its end, and checksums are not verified: an attacker who looks for a key ignores
 * them too.
 */
const UP_TO_THE_END = { finishFlush: constants.Z_SYNC_FLUSH };

/** Output bytes that are enough to detect a false start. */
const FIRST_MADE = 1024;

/** More than the first piece can unpack to, so that zlib throws no error, which costs as much as the rest of the call. */
const FIRST_MOST = 512 * 1024;

/** Small enough for Node's pool of buffers. */
const FIRST_CHUNK = 2048;

/** Cost of a start in addition to its bytes. */
const START_COSTS = 2048;
/** Cost of a start whose data turns out to be damaged late: many such starts may each unpack much data for nothing. */
const DAMAGE_COSTS = 4 * 1024 ** 2;
/** Smaller data is unpacked in one call, which costs a hundredth of a stream. */
const AT_ONCE = 256 * 1024;

interface Unpacked extends CompressedSearch {
  /** Length of the compressed data in bytes; 0 when it was not unpacked to its end. */
  readonly consumed: number;
}

const NOTHING: Unpacked = { found: null, unsearched: null, consumed: 0 };

/** Unpacks until a private key is found, the data ends or is damaged, or the budget is used up. */
async function unpacked(bytes: Buffer, budget: SearchBudget): Promise<Unpacked> {
  let small = inflated(bytes, FIRST_PIECE, FIRST_MOST);
  if (small === 'damaged') small = inflated(bytes, FIRST_PIECE, FIRST_MADE);
  // Mostly a false start: creating a stream for each would cost seconds.
  if (small === 'damaged') return NOTHING;
  if (small === 'more') small = inflated(bytes, AT_ONCE, AT_ONCE);
  if (small === 'more' || small === 'damaged') return await streamed(bytes, budget);
  const { made, consumed } = small;
  const own = made.subarray(0, budget.left);
  spend(budget, made.length + consumed);
  const { found, isEnded } = searchBytes(own, budget);
  return { found, unsearched: isEnded || own.length < made.length ? 'limit' : null, consumed };
}

async function streamed(bytes: Buffer, budget: SearchBudget): Promise<Unpacked> {
  const decoder = createInflateRaw({ chunkSize: CHUNK, ...UP_TO_THE_END });
  let isWhole = true;
  let isDamaged = false;
  async function* pieces(): AsyncGenerator<Buffer> {
    pipeline([Readable.from(slices(bytes)), decoder], () => {});
    try {
      for await (const piece of decoder) {
        yield piece.subarray(0, Math.max(0, budget.left));
        isWhole = piece.length <= budget.left;
        spend(budget, piece.length);
        if (!isWhole) return;
      }
    } catch (thrown) {
      refuseMachineLimit(thrown);
      isDamaged = true;
    }
  }
  const { found, isEnded } = await searchStream(pieces(), budget);
  isWhole &&= !isEnded;
  spend(budget, isDamaged ? DAMAGE_COSTS : decoder.bytesWritten);
  const isOver = isWhole && !isDamaged && !found?.isPrivateKey;
  return {
    found,
    unsearched: isWhole ? null : 'limit',
    consumed: isOver ? decoder.bytesWritten : 0,
  };
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + (at < FIRST_BYTES ? FIRST_PIECE : PIECE);
    yield bytes.subarray(at, end);
    at = end;
  }
}

function spend(budget: SearchBudget, bytes: number): void {
  budget.left = Math.max(0, budget.left - bytes);
}

const HEADER_LENGTH = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

async function inAll(bytes: Buffer, budget: Required<UnpackBudget>): Promise<CompressedSearch> {
  let found: SecretContent | null = null;
  let unsearched: Unsearched | null = null;
  /**
   * Up to this offset everything was part of unpacked data: a header there is a false start or part of a name, and
   * costs nothing.
   */
  let over = 0;
  const tried = new Set<number>();
  for (const start of compressedStarts(bytes)) {
    if (start.at < over) continue;
    const sealed = start.kind === 'entry' ? sealedBy(bytes, start.at) : null;
    unsearched ??= sealed;
    const dataAt = sealed === null ? dataOf(bytes, start) : null;
    if (dataAt === null || tried.has(dataAt)) continue;
    tried.add(dataAt);
    if (budget.starts <= 0 || budget.left <= 0) return { found, unsearched: 'limit' };
    budget.starts -= 1;
    spend(budget, START_COSTS);
    if (budget.starts % 16 === 0) await turn();
    const search = await (start.kind === 'encoded'
      ? inBase64(bytes, dataAt, budget)
      : unpacked(bytes.subarray(dataAt), budget));
    if (search.found?.isPrivateKey || search.unsearched !== null) {
      return { found: search.found ?? found, unsearched: search.unsearched };
    }
    found ??= search.found;
    over = search.consumed > 0 ? dataAt + search.consumed : over;
  }
  return { found, unsearched };
}

/** Why the data after the header at `at` cannot be unpacked. */
function sealedBy(bytes: Buffer, at: number): Unsearched | null {
  if ((bytes.readUInt16LE(at + 6) & ENCRYPTED) !== 0) return 'encrypted';
  const method = bytes.readUInt16LE(at + 8);
  return method === STORED || method === DEFLATED ? null : 'method';
}

const ZLIB_HEADER = 2;

/** Offset of its deflated data, or of its base64; null when there is none. */
function dataOf(bytes: Buffer, { at, kind }: CompressedStart): number | null {
  if (kind === 'encoded') return at;
  if (kind === 'gzip') return gzipDataAt(bytes, at);
  if (kind === 'zlib') return at + ZLIB_HEADER;
  if (bytes.readUInt16LE(at + 8) !== DEFLATED) return null;
  return at + HEADER_LENGTH + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

/** Unpacks only the first member: data embedded in a text usually has one. */
async function inBase64(bytes: Buffer, at: number, budget: SearchBudget): Promise<Unpacked> {
  const { bytes: packed, end, isCut } = decodedAt(bytes, at);
  spend(budget, end - at);
  const dataAt = deflatedAt(packed);
  if (dataAt === null) return NOTHING;
  const { found, unsearched } = await unpacked(packed.subarray(dataAt), budget);
  return { found, unsearched: unsearched ?? (isCut ? 'limit' : null), consumed: end - at };
}

/** `more`: the data neither ends nor is damaged within the input and output limits of one call. */
function inflated(
  packed: Buffer,
  most: number,
  maxOutputLength: number,
): Inflated | 'more' | 'damaged' {
  const own = packed.subarray(0, most);
  const chunkSize = most === FIRST_PIECE ? FIRST_CHUNK : CHUNK / 16;
  try {
    const options = { ...UP_TO_THE_END, maxOutputLength, chunkSize };
    const { made, consumed } = inflateAtOnce(own, options);
    return consumed >= own.length && own.length < packed.length ? 'more' : { made, consumed };
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return isTooLarge(thrown) ? 'more' : 'damaged';
  }
}

function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
}
