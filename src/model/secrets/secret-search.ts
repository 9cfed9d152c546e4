import type { Entry } from '../view.ts';
import { holdsCompressed, START_LENGTH } from './compressed-starts.ts';
import { KEY_STORE } from './forms/private-key-binary.ts';
import { isPkcs12, isPrivateKeyDer } from './forms/private-key-der.ts';
import {
  type Form,
  formOf,
  isCoreDump,
  isElf,
  linesIn,
  OVERLAP,
  type Place,
  type SearchBudget,
  type SecretContent,
  secretInWindow,
  WINDOW,
} from './secret-content.ts';

const JKS = 0xfeedfeed;
const JCEKS = 0xcececece;
const BKS_SALT = 20;

/** Type of an entry with a trusted certificate; types 1 and 3 are keys. */
const TRUSTED = 2;

/** The last bytes of a tail may be an incomplete start. */
const seenBefore = (tail: Buffer): number => Math.max(0, tail.length - START_LENGTH);

const ZEROS = Buffer.alloc(WINDOW);

/** The start of each JUnit report of `kplugin test`; `pack` recognizes the reports by it, whatever their name. */
export const TEST_REPORT_START =
  '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kplugin test"';

const HEAD = Math.max(4, TEST_REPORT_START.length);

/** The result of the search of a file. */
export interface Searched {
  /** A private key takes precedence over other secrets. */
  readonly found: SecretContent | null;
  /** Compressed data starts in the file and was not unpacked; not determined any more after a private key was found. */
  readonly isCompressed: boolean;
  /** The search stopped because the budget was used up. */
  readonly isEnded: boolean;
}

/** Searches a whole file in memory, until the budget, if any, is used up. */
export function searchBytes(bytes: Uint8Array, budget?: SearchBudget): Searched {
  const search = new SecretSearch(budget);
  search.add(bytes, true);
  return search;
}

/** As {@link searchBytes}, for callers that need only the secret. */
export function secretIn(bytes: Uint8Array): SecretContent | null {
  return searchBytes(bytes).found;
}

/**
 * Searches a stream piece by piece; stops reading when a private key is found or the budget is used up. Rejects when
 * the stream fails.
 */
export async function searchStream(
  pieces: AsyncIterable<Buffer>,
  budget?: SearchBudget,
): Promise<Searched> {
  const search = new SecretSearch(budget);
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < WINDOW) continue;
    search.add(Buffer.concat(held), false);
    if (search.found?.isPrivateKey || search.isEnded) return search;
    held = [];
    length = 0;
  }
  search.add(Buffer.concat(held), true);
  return search;
}

/** Searches one file piece by piece, from its start; larger pieces are faster. */
export class SecretSearch implements Searched {
  /** The secret found so far; a private key is never replaced. */
  found: SecretContent | null = null;
  isCompressed = false;
  isEnded = false;
  readonly #budget: SearchBudget;
  #form: Form | null = null;
  #isElf = false;
  /** The tail starts at the start of the file. */
  #isStart = true;
  /** The end of the last piece, searched again together with the next. */
  #tail: Buffer = Buffer.alloc(0);
  /** Line number of the first byte of the tail. */
  #line = 1;

  constructor(budget: SearchBudget = { left: Number.POSITIVE_INFINITY }) {
    this.#budget = budget;
  }

  add(piece: Uint8Array, isLast: boolean): void {
    const form = this.#form ?? this.#begin(piece);
    this.#form = form;
    const own = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const bytes = this.#tail.length === 0 ? own : Buffer.concat([this.#tail, own]);
    const isFirst = this.#isStart && this.#tail.length === 0;
    this.isCompressed ||=
      !isNothing(bytes) && holdsCompressed(bytes.subarray(seenBefore(this.#tail)), isFirst);
    let from = 0;
    for (; !this.found?.isPrivateKey; from += WINDOW - OVERLAP) {
      this.isEnded ||= this.#budget.left < 0;
      if (this.isEnded) return;
      const window = bytes.subarray(from, from + WINDOW);
      const isEnd = from + WINDOW >= bytes.length;
      this.#search(window, {
        budget: this.#budget,
        form,
        isFirst: this.#isStart && from === 0,
        isCut: !isEnd || !isLast,
      });
      if (isEnd) break;
      this.#line += linesIn(window.subarray(0, WINDOW - OVERLAP), form);
    }
    if (isLast) return;
    const tailAt = Math.max(from, bytes.length - OVERLAP);
    this.#isStart &&= tailAt === 0;
    this.#line += linesIn(bytes.subarray(from, tailAt), form);
    // A copy: the caller may reuse its buffer.
    this.#tail = Buffer.from(bytes.subarray(tailAt));
  }

  #begin(start: Uint8Array): Form {
    this.#isElf = isElf(start);
    if (isCoreDump(start)) {
      this.found = { what: 'a memory dump of a program', isPrivateKey: false, line: null };
    } else if (isPrivateKeyDer(start)) {
      this.found = { what: 'a private key', isPrivateKey: true, line: null };
    } else if (isPkcs12(start)) {
      this.found = KEY_STORE;
    } else if (javaStore(start) === 'keys') {
      this.found = { ...KEY_STORE, what: 'a key store of Java' };
    }
    return formOf(start);
  }

  #search(window: Buffer, place: Place): void {
    const found = isNothing(window) ? null : secretInWindow(window, place);
    if (found === null || (this.found !== null && !found.isPrivateKey)) return;
    const line = found.line === null ? null : this.#line + found.line - 1;
    this.found = this.#judged({ ...found, line: place.form === 'binary' ? null : line });
  }

  /** Libraries such as GnuTLS contain the keys of their own tests; such a file can be packed if a line names it. */
  #judged(found: SecretContent): SecretContent {
    if (!this.#isElf || !found.isPrivateKey) return found;
    return { ...found, what: 'a private key inside a compiled program', isPrivateKey: false };
  }
}

/** Only zero bytes, as in the holes of a sparse file: searching 900 MB of them would take seconds. */
function isNothing(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += WINDOW) {
    const piece = bytes.subarray(at, at + WINDOW);
    if (!piece.equals(ZEROS.subarray(0, piece.length))) return false;
  }
  return true;
}

/** The result of the search of a whole file, kept for callers that would read and search it again. */
export interface KnownSearch extends Searched {
  /** The first bytes of the file, enough to detect its type. */
  readonly head: Uint8Array;
}

interface Kept extends KnownSearch {
  /** How much of its budget the search used. */
  readonly cost: number;
}

/** Cache: `validate` searches a zip, and so does its trial of `pack --from`. */
const kept = new WeakMap<Entry, Kept>();

/** Searches the content of an entry as {@link searchBytes} does, and caches the result for the lifetime of the entry. */
export function searchEntry(entry: Entry, bytes: Uint8Array, budget: SearchBudget): Searched {
  const before = budget.left;
  const { found, isCompressed, isEnded } = searchBytes(bytes, budget);
  // A search that a limit ended is not cached: the next caller may have another limit.
  if (!isEnded) {
    const cost = before - budget.left;
    kept.set(entry, { found, isCompressed, isEnded, cost, head: bytes.slice(0, HEAD) });
  }
  return { found, isCompressed, isEnded };
}

/** The cached result for the same entry, if the budget covers its cost; null when there is no complete search. */
export function knownSearch(entry: Entry, budget: SearchBudget): KnownSearch | null {
  const known = kept.get(entry) ?? null;
  if (known !== null) budget.left -= known.cost;
  return known;
}

/** What the entries of a Java key store are, as far as its first bytes show. */
type StoreContent = 'certificates' | 'keys';

/**
 * Detects a Java key store, independent of its file name: JKS and JCEKS (formats of
 * sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore), BKS (org.bouncycastle's
 * BcKeyStoreSpi). `certificates` only if every entry is a certificate; null for other files.
 */
function javaStore(start: Uint8Array): StoreContent | null {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.length < 12) return null;
  const magic = bytes.readUInt32BE(0);
  const version = bytes.readUInt32BE(4);
  if (magic === JKS || magic === JCEKS) {
    if (version !== 1 && version !== 2) return null;
    return onlyCertificates(bytes, version) ? 'certificates' : 'keys';
  }
  return isBks(bytes) ? 'keys' : null;
}

/** A version, the length and bytes of a salt, the iteration count, the type of the first entry. */
function isBks(bytes: Buffer): boolean {
  if (bytes.length < 33 || bytes.readUInt32BE(4) !== BKS_SALT) return false;
  const version = bytes.readUInt32BE(0);
  const iterations = bytes.readUInt32BE(28);
  const type = bytes[32] ?? 0;
  return version >= 1 && version <= 2 && iterations > 0 && iterations < 2 ** 20 && type <= 4;
}

function onlyCertificates(bytes: Buffer, version: number): boolean {
  const count = bytes.readUInt32BE(8);
  let at = 12;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 6 > bytes.length || bytes.readUInt32BE(at) !== TRUSTED) return false;
    // Skips the alias and the time.
    at += 4 + 2 + bytes.readUInt16BE(at + 4) + 8;
    if (version === 2 && at + 2 <= bytes.length) at += 2 + bytes.readUInt16BE(at);
    if (at + 4 > bytes.length) return false;
    at += 4 + bytes.readUInt32BE(at);
  }
  return true;
}
