import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Tells a script or program, and a private key at the start of a file. */
const HEAD_BYTES = 4096;
/** A key may stand behind a chain of certificates. */
const KEY_FILE_BYTES = 64 * 1024;
const KEY_FILE = /\.(pem|key|crt|cer)$/i;

const buffer = Buffer.alloc(KEY_FILE_BYTES);

/** How much of a file is to be looked at before it is packed. */
export function headBytes(path: string): number {
  return KEY_FILE.test(path) ? KEY_FILE_BYTES : HEAD_BYTES;
}

/** A file's size and its first bytes (valid until the next call). Throws system errors. */
export function readHead(file: string): { readonly size: number; readonly head: Uint8Array } {
  const wanted = headBytes(file);
  const fd = openSync(file, 'r');
  try {
    const length = readSync(fd, buffer, 0, wanted, 0);
    // Most files fit into the head: a second system call per file is saved for them.
    const size = length < wanted ? length : fstatSync(fd).size;
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
