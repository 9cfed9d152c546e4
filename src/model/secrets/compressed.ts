import { pipeline, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { constants, createInflateRaw, inflateRawSync } from 'node:zlib';
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
 * So many bytes of one compressed file are read, and so many are made of it; of a zip inside, so many entries. `all`: so
 * many bytes are made of all compressed files that are packed together.
 */
export const UNPACK_LIMITS = {
  bytes: 64 * 1024 ** 2,
  entries: 10_000,
  all: 256 * 1024 ** 2,
} as const;

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
 * Searches what the members in gzip and zlib's format in base64, members in gzip, the deflated entries of zips in a file and a file in zlib's format
 * unpack to, one level deep; `bytes` is the file or what was read of it. They are found by the headers in front of their data, wherever those stand: so are those
 * that a table of contents hides, and those behind a script. Stored ones are found by the search of the file itself.
 */
export async function secretInCompressed(
  bytes: Buffer,
  budget: SearchBudget,
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

/** What is truncated is searched up to there, and no checksum is asked: who looks for a key does not ask it either. */
const UP_TO_THE_END = { finishFlush: constants.Z_SYNC_FLUSH };

/** Enough to tell chance by. */
const FIRST_MADE = 1024;

/** What a start costs beside its bytes. */
const START_COSTS = 2048;
/** What a start costs that proves to be damaged late: much may have been made for nothing, and by many starts. */
const DAMAGE_COSTS = 4 * 1024 ** 2;
/** What is smaller is unpacked in one call, which costs a hundredth of a stream. */
const AT_ONCE = 256 * 1024;

interface Unpacked extends CompressedSearch {
  /** How many bytes of it make up the data; 0 when it was not unpacked to its end. */
  readonly consumed: number;
}

const NOTHING: Unpacked = { found: null, unsearched: null, consumed: 0 };

/** Until a private key is found, the data ends or is damaged, or the budget is used up. */
async function unpacked(bytes: Buffer, budget: SearchBudget): Promise<Unpacked> {
  let small = inflated(bytes, FIRST_PIECE, FIRST_MADE);
  // Mostly chance made it look like a start: a stream for each would cost seconds.
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

async function inAll(bytes: Buffer, budget: SearchBudget): Promise<CompressedSearch> {
  let found: SecretContent | null = null;
  let unsearched: Unsearched | null = null;
  let count = 0;
  /** Up to there all is part of what was unpacked: a header in it is a name or chance, and costs nothing. */
  let over = 0;
  const tried = new Set<number>();
  for (const start of compressedStarts(bytes)) {
    if (start.at < over) continue;
    const sealed = start.kind === 'entry' ? sealedBy(bytes, start.at) : null;
    unsearched ??= sealed;
    const dataAt = sealed === null ? dataOf(bytes, start) : null;
    if (dataAt === null || tried.has(dataAt)) continue;
    tried.add(dataAt);
    count += 1;
    if (count > UNPACK_LIMITS.entries || budget.left <= 0) return { found, unsearched: 'limit' };
    spend(budget, START_COSTS);
    if (count % 16 === 0) await turn();
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

/** Why what stands behind the header at `at` cannot be unpacked here. */
function sealedBy(bytes: Buffer, at: number): Unsearched | null {
  if ((bytes.readUInt16LE(at + 6) & ENCRYPTED) !== 0) return 'encrypted';
  const method = bytes.readUInt16LE(at + 8);
  return method === STORED || method === DEFLATED ? null : 'method';
}

const ZLIB_HEADER = 2;

/** Where its deflated data begins, or its base64; null where there is none. */
function dataOf(bytes: Buffer, { at, kind }: CompressedStart): number | null {
  if (kind === 'encoded') return at;
  if (kind === 'gzip') return gzipDataAt(bytes, at);
  if (kind === 'zlib') return at + ZLIB_HEADER;
  if (bytes.readUInt16LE(at + 8) !== DEFLATED) return null;
  return at + HEADER_LENGTH + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

/** Only its first member: who writes one into a text writes no more. */
async function inBase64(bytes: Buffer, at: number, budget: SearchBudget): Promise<Unpacked> {
  const { bytes: packed, end, isCut } = decodedAt(bytes, at);
  spend(budget, end - at);
  const dataAt = deflatedAt(packed);
  if (dataAt === null) return NOTHING;
  const { found, unsearched } = await unpacked(packed.subarray(dataAt), budget);
  return { found, unsearched: unsearched ?? (isCut ? 'limit' : null), consumed: end - at };
}

interface Inflated {
  readonly made: Buffer;
  readonly consumed: number;
}

/** `more`: it does not end, nor is it damaged, in so many bytes of the packed data and of what they make. */
function inflated(
  packed: Buffer,
  most: number,
  maxOutputLength: number,
): Inflated | 'more' | 'damaged' {
  const own = packed.subarray(0, most);
  const chunkSize = Math.min(maxOutputLength, 16 * 1024);
  try {
    const options = { ...UP_TO_THE_END, info: true, maxOutputLength, chunkSize };
    const all: unknown = inflateRawSync(own, options);
    const { made, consumed } = withInfo(all);
    return consumed >= own.length && own.length < packed.length ? 'more' : { made, consumed };
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return isTooLarge(thrown) ? 'more' : 'damaged';
  }
}

/** With `info`, which the types do not know, the engine comes with what it made. */
function withInfo(all: unknown): Inflated {
  if (!(all instanceof Object && 'buffer' in all && 'engine' in all))
    throw new TypeError('no info');
  const { buffer, engine } = all;
  if (!(buffer instanceof Buffer && engine instanceof Object && 'bytesWritten' in engine))
    throw new TypeError('no info');
  return { made: buffer, consumed: Number(engine.bytesWritten) };
}

function isTooLarge(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE';
}
