import { pipeline, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip, createInflateRaw, inflateRawSync } from 'node:zlib';
import { refuseMachineLimit } from '../machine-limit.ts';
import type { SecretContent } from './secret-content.ts';
import { secretIn, secretInStream } from './secret-search.ts';

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

/** Whether a file that begins so is gzip, or a zip. */
export function isCompressed(head: Uint8Array): boolean {
  return isGzip(head) || isZip(head);
}

/**
 * Searches what a file in gzip, or the deflated entries of a zip, unpack to, one level deep; `bytes` is the file or
 * what was read of it. Entries are found by the headers in front of their data: so are those that a table of contents
 * hides. Stored ones are found by the search of the file itself.
 */
export async function secretInCompressed(
  bytes: Buffer,
  budget: UnpackBudget,
): Promise<CompressedSearch> {
  const own = { left: Math.min(budget.left, UNPACK_LIMITS.bytes) };
  const before = own.left;
  const search = isGzip(bytes)
    ? await unpacked(bytes, createGunzip({ chunkSize: CHUNK }), own)
    : await inEntries(bytes, own);
  budget.left -= before - own.left;
  const { found, unsearched } = search;
  if (found === null) return search;
  return { found: { ...found, what: `${found.what} in compressed form`, line: null }, unsearched };
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

const CHUNK = 256 * 1024;
const PIECE = 1024 ** 2;

type Decoder = ReturnType<typeof createGunzip> | ReturnType<typeof createInflateRaw>;

/** Until a private key is found, the data ends or is damaged, or the budget is used up. */
async function unpacked(
  bytes: Buffer,
  decoder: Decoder,
  budget: UnpackBudget,
): Promise<CompressedSearch> {
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
  const found = await secretInStream(pieces());
  return { found, unsearched: isWhole ? null : 'limit' };
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

const HEADER = Buffer.from('PK\x03\x04', 'latin1');
const HEADER_LENGTH = 30;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** 6.3 is the last version of the format that an entry can need (APPNOTE.TXT 6.3.10, 4.4.3); other bytes are no header. */
const LAST_VERSION = 63;
/** What an entry costs beside its bytes. */
const ENTRY_COSTS = 1024;
/** Smaller entries are unpacked at once: a stream costs more. */
const AT_ONCE = 256 * 1024;

async function inEntries(bytes: Buffer, budget: UnpackBudget): Promise<CompressedSearch> {
  let found: SecretContent | null = null;
  let unsearched: Unsearched | null = null;
  let count = 0;
  for (let at = 0; at >= 0; at = bytes.indexOf(HEADER, at + HEADER.length)) {
    if (at + HEADER_LENGTH > bytes.length) break;
    const sealed = sealedBy(bytes, at);
    unsearched ??= sealed;
    if (sealed !== null || bytes.readUInt16LE(at + 8) !== DEFLATED) continue;
    count += 1;
    if (count > UNPACK_LIMITS.entries || budget.left <= 0) return { found, unsearched: 'limit' };
    if (count % 16 === 0) await turn();
    const search = await inEntry(bytes, at, budget);
    if (search.found?.isPrivateKey || search.unsearched !== null) {
      return { found: search.found ?? found, unsearched: search.unsearched };
    }
    found ??= search.found;
  }
  return { found, unsearched };
}

/** Why what stands behind the header at `at` cannot be unpacked here. */
function sealedBy(bytes: Buffer, at: number): Unsearched | null {
  if (bytes.readUInt8(at + 4) > LAST_VERSION) return null;
  if ((bytes.readUInt16LE(at + 6) & ENCRYPTED) !== 0) return 'encrypted';
  const method = bytes.readUInt16LE(at + 8);
  return method === STORED || method === DEFLATED ? null : 'method';
}

async function inEntry(bytes: Buffer, at: number, budget: UnpackBudget): Promise<CompressedSearch> {
  const start = at + HEADER_LENGTH + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  budget.left = Math.max(0, budget.left - ENTRY_COSTS);
  const packedSize = bytes.readUInt32LE(at + 18);
  const isSmall = packedSize > 0 && packedSize < AT_ONCE;
  const small = isSmall ? inflated(bytes.subarray(start, start + packedSize)) : null;
  if (small === null) {
    return await unpacked(bytes.subarray(start), createInflateRaw({ chunkSize: CHUNK }), budget);
  }
  budget.left = Math.max(0, budget.left - small.length);
  return { found: secretIn(small), unsearched: null };
}

/** Null for what is damaged or larger. */
function inflated(packed: Buffer): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: AT_ONCE });
  } catch (thrown) {
    refuseMachineLimit(thrown);
    return null;
  }
}
