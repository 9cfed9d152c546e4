import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  OVERLAP,
  privateKeyIn,
  SEARCHED_BYTES,
  SEARCHED_OF_BINARY,
  type SecretContent,
  secretIn,
} from '../../model/secrets/secret-content.ts';

/** What there is to know about a file before it is packed. */
export interface LookedAt {
  /** In bytes. */
  readonly size: number;
  /** Whether the system runs it: see {@link looksExecutable}. */
  readonly executable: boolean;
  /** It begins with the header of a zip's entry. */
  readonly isLikeZip: boolean;
  readonly secret: SecretContent | null;
}

const small = Buffer.alloc(SEARCHED_OF_BINARY);
/** For the few files that need it; system memory that is not touched costs nothing. */
let large: Buffer | null = null;

/** Reads a file whole, piece by piece, and looks for secrets in it. Throws system errors. */
export function lookAt(file: string): LookedAt {
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, small, 0, small.length, 0);
    const head = small.subarray(0, length);
    const executable = looksExecutable(head);
    const isLikeZip = head.toString('latin1', 0, 4) === 'PK\x03\x04';
    // Most files fit into the head: a second system call per file is saved for them.
    if (length < small.length)
      return { size: length, executable, isLikeZip, secret: secretIn(head) };
    return { size: fstatSync(fd).size, executable, isLikeZip, secret: secretInLarge(fd, head) };
  } finally {
    closeSync(fd);
  }
}

function secretInLarge(fd: number, head: Uint8Array): SecretContent | null {
  large ??= Buffer.allocUnsafeSlow(SEARCHED_BYTES);
  const piece = large;
  let end = fill(fd, piece, 0, 0);
  const found = secretIn(piece.subarray(0, end));
  if (found?.isPrivateKey) return found;
  for (let position = end; end === piece.length; position += end - OVERLAP) {
    piece.copyWithin(0, end - OVERLAP);
    end = fill(fd, piece, OVERLAP, position);
    const key = privateKeyIn(piece.subarray(0, end), head);
    if (key) return key;
  }
  return found;
}

/** Reads into a piece from `start` on until it is full or the file ends; returns where what was read ends. */
function fill(fd: number, piece: Buffer, start: number, position: number): number {
  let end = start;
  while (end < piece.length) {
    const count = readSync(fd, piece, end, piece.length - end, position + end - start);
    if (count === 0) break;
    end += count;
  }
  return end;
}

/** Whether the system runs such a file: a script with `#!`, or an ELF program or library. */
export function looksExecutable(head: Uint8Array): boolean {
  if (head[0] === 0x23 && head[1] === 0x21) return true;
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}
