import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Private keys are small; this much of a file tells all that is asked of it. */
export const HEAD_BYTES = 4096;
const buffer = Buffer.alloc(HEAD_BYTES);

/** A file's size and its first bytes (valid until the next call). Throws system errors. */
export function readHead(file: string): { readonly size: number; readonly head: Uint8Array } {
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, buffer, 0, HEAD_BYTES, 0);
    // Most files fit into the head: a second system call per file is saved for them.
    const size = length < HEAD_BYTES ? length : fstatSync(fd).size;
    return { size, head: buffer.subarray(0, length) };
  } finally {
    closeSync(fd);
  }
}

/** Whether the system runs such a file: a script with `#!`, or an ELF program or library. */
export function looksExecutable(head: Uint8Array): boolean {
  if (head[0] === 0x23 && head[1] === 0x21) return true;
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}
