import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isText, SEARCHED_BYTES, SEARCHED_OF_BINARY } from '../../model/secrets/secret-content.ts';

const buffer = Buffer.alloc(SEARCHED_BYTES);

/**
 * A file's size and its first bytes (valid until the next call): of a text as much as is searched for secrets, of
 * everything else enough to tell what it is. Throws system errors.
 */
export function readHead(file: string): { readonly size: number; readonly head: Uint8Array } {
  const fd = openSync(file, 'r');
  try {
    let length = readSync(fd, buffer, 0, SEARCHED_OF_BINARY, 0);
    // Most files fit into the head: a second system call per file is saved for them.
    if (length < SEARCHED_OF_BINARY) return { size: length, head: buffer.subarray(0, length) };
    if (isText(buffer.subarray(0, length))) {
      length += readSync(fd, buffer, length, SEARCHED_BYTES - length, length);
    }
    return { size: fstatSync(fd).size, head: buffer.subarray(0, length) };
  } finally {
    closeSync(fd);
  }
}

/** Whether the system runs such a file: a script with `#!`, or an ELF program or library. */
export function looksExecutable(head: Uint8Array): boolean {
  if (head[0] === 0x23 && head[1] === 0x21) return true;
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}
