import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { parseGoJsonBytes } from '../../model/json/bytes.ts';
import { isLikeZip } from '../../model/secrets/compressed-starts.ts';
import type { SearchBudget, SecretContent } from '../../model/secrets/secret-content.ts';
import {
  type Searched,
  SecretSearch,
  searchBytes,
  TEST_REPORT_START,
} from '../../model/secrets/secret-search.ts';
import { type Content, fileContent } from '../files/content.ts';
import { readDirectory } from '../zip/directory.ts';
import { MAX_TOTAL } from '../zip/limits.ts';
import { dataStart } from '../zip/local-header.ts';
import type { ZipRecord } from '../zip/record.ts';
import { ZipFault } from '../zip/zip-fault.ts';
import { memorySource, type ZipSource } from '../zip/zip-source.ts';

/** The facts about a file that are determined before it is packed. */
export interface FileFacts {
  /** In bytes. */
  readonly size: number;
  /** Whether the system can execute it: see {@link looksExecutable}. */
  readonly executable: boolean;
  /** It starts with the header of a zip entry. */
  readonly isLikeZip: boolean;
  /** It contains gzip or zip data whose content was not searched. */
  readonly isCompressed: boolean;
  readonly isTestReport: boolean;
  readonly secret: SecretContent | null;
  /** A limit ended the search for secrets. */
  readonly isInPart: boolean;
}

/** Buffer for most files. */
const small = Buffer.alloc(64 * 1024);

const PIECE = 4 * 1024 ** 2;

/** Buffer for the few larger files; unused system memory costs nothing. */
let large: Buffer | null = null;

/** Reads a file in pieces, as far as the budgets allow, and searches it for secrets. Throws system errors. */
export function lookAt(file: string, budgets: SearchBudgets): FileFacts {
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, small, 0, small.length, 0);
    const head = small.subarray(0, length);
    const executable = looksExecutable(head);
    const known = {
      executable,
      isLikeZip: isLikeZip(head),
      isTestReport: isTestReport(head),
    };
    // Most files fit into the first piece, which saves a second system call per file.
    const isWhole = length < small.length;
    const size = isWhole ? length : fstatSync(fd).size;
    const share = budgets.share(size);
    const { found, isCompressed, isEnded } = isWhole
      ? searchBytes(head, share.budget)
      : searchLarge(fd, share);
    const isInPart = !found?.isPrivateKey && (isEnded || share.bytes < size);
    return { size, ...known, isCompressed, secret: found, isInPart };
  } finally {
    closeSync(fd);
  }
}

function searchLarge(fd: number, { budget, bytes }: FileShare): Searched {
  large ??= Buffer.allocUnsafeSlow(PIECE);
  const search = new SecretSearch(budget);
  for (let at = 0; at < bytes && !search.found?.isPrivateKey && !search.isEnded; at += PIECE) {
    const piece = large.subarray(0, bytes - at);
    const length = fill(fd, piece, at);
    search.add(piece.subarray(0, length), length < PIECE);
    if (length < PIECE) break;
  }
  return search;
}

/** Reads until the piece is full or the file ends; returns the number of bytes read. */
function fill(fd: number, piece: Buffer, position: number): number {
  let end = 0;
  while (end < piece.length) {
    const count = readSync(fd, piece, end, piece.length - end, position + end);
    if (count === 0) break;
    end += count;
  }
  return end;
}

/** Whether a file is a report of `kplugin test --junit`, by its first bytes. */
export function isTestReport(head: Uint8Array): boolean {
  const { length } = TEST_REPORT_START;
  return Buffer.from(head.subarray(0, length)).toString('latin1') === TEST_REPORT_START;
}

/** Whether the system can execute such a file: a script with `#!`, or an ELF program or library. */
export function looksExecutable(head: Uint8Array): boolean {
  if (head[0] === 0x23 && head[1] === 0x21) return true;
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

/**
 * How much of the files of one package is searched for secrets, without compressed ones: files of up to `small` bytes
 * completely, a total number of bytes of all others, and for both groups a number of possible starts of a secret (in
 * bytes that take the same time: 256 for each).
 */
export const SEARCH_BUDGETS = {
  small: 1024 ** 2,
  bytes: 256 * 1024 ** 2,
  places: 128 * 1024 ** 2,
} as const;

/** How much of one file is searched. */
interface FileShare {
  readonly budget: SearchBudget;
  readonly bytes: number;
}

/**
 * The budgets of one plan. Large files have budgets of their own, so that they do not end the search of small files
 * such as settings.
 */
export class SearchBudgets {
  readonly #small: SearchBudget = { left: SEARCH_BUDGETS.places };
  readonly #large: SearchBudget = { left: SEARCH_BUDGETS.places };
  #bytes: number = SEARCH_BUDGETS.bytes;

  /** Takes the share of a file of `size` bytes from the remaining budget. */
  share(size: number): FileShare {
    if (size <= SEARCH_BUDGETS.small) return { budget: this.#small, bytes: size };
    // Such a package is not written; a sparse file of terabytes is easy to create.
    const bytes = size > MAX_TOTAL ? 0 : Math.min(size, this.#bytes);
    this.#bytes -= bytes;
    return { budget: this.#large, bytes };
  }
}

/** Larger zips contain models and similar data; at most the rule `nested-zip` reports them. */
const MOST_BYTES = 64 * 1024 ** 2;

const MOST_MANIFEST = 64 * 1024;

/** Limit of JSON files to try in the root: a zip with thousands of them is data. */
const MOST_TRIED = 20;

const DEFLATED = 8;

/** Whether a zip file contains the manifest of a plugin in its root. Throws system errors. */
export function isPluginPackage(file: string): boolean {
  const bytes = wholeFile(file);
  if (bytes === null) return false;
  const source = memorySource(bytes);
  try {
    const inRoot = readDirectory(source).records.filter(({ name, size }) => {
      return size <= MOST_MANIFEST && /^(?:\.\/)?[^/]+\.json$/i.test(name.toString('latin1'));
    });
    return inRoot.slice(0, MOST_TRIED).some((record) => isManifest(contentOf(source, record)));
  } catch (thrown) {
    if (thrown instanceof ZipFault) return false;
    throw thrown;
  }
}

function wholeFile(file: string): Buffer | null {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size > MOST_BYTES) return null;
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, readSync(fd, bytes, 0, size, 0));
  } finally {
    closeSync(fd);
  }
}

function contentOf(source: ZipSource, record: ZipRecord): Buffer {
  const packed = source.read(dataStart(source, record), record.packedSize);
  if (record.method !== DEFLATED) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: MOST_MANIFEST });
  } catch {
    return Buffer.alloc(0);
  }
}

function isManifest(bytes: Buffer): boolean {
  const { text, json } = parseGoJsonBytes(bytes);
  return json.ok && /"executable"\s*:/i.test(text) && /"language"\s*:/i.test(text);
}

/** A file of a project, read once, however many links lead to it. */
export class FoundFile {
  readonly looked: FileFacts;
  readonly content: Content;
  #isPackage: boolean | null = null;

  /** `source` is absolute. Throws system errors. */
  constructor(
    private readonly source: string,
    budgets: SearchBudgets,
  ) {
    this.looked = lookAt(source, budgets);
    this.content = fileContent(source);
  }

  /** Whether it is a zip with the manifest of a plugin in its root. Throws system errors. */
  isPackage(): boolean {
    this.#isPackage ??= this.looked.isLikeZip && isPluginPackage(this.source);
    return this.#isPackage;
  }
}
