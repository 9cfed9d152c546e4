import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isLikeZip } from '../../model/secrets/compressed-starts.ts';
import type { SecretContent } from '../../model/secrets/secret-content.ts';
import { type Searched, SecretSearch, searchBytes } from '../../model/secrets/secret-search.ts';
import { TEST_REPORT_START } from '../../model/test-report.ts';
import type { FileShare, SearchBudgets } from './search-budgets.ts';

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

/** Whether a file is a report of `kplugin test --junit`, by its first bytes. */
export function isTestReport(head: Uint8Array): boolean {
  const { length } = TEST_REPORT_START;
  return Buffer.from(head.subarray(0, length)).toString('latin1') === TEST_REPORT_START;
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

/** Whether the system can execute such a file: a script with `#!`, or an ELF program or library. */
export function looksExecutable(head: Uint8Array): boolean {
  if (head[0] === 0x23 && head[1] === 0x21) return true;
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}
