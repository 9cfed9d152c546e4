import type { ZipSource } from './zip-source.ts';

const PIECE = 1024 * 1024;
const ENTRY = Buffer.from('PK\x03\x04', 'latin1');
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');
const HEADER = 30;
const METHODS = new Set([0, 8, 9, 12, 14, 93, 95]);
const NEWEST_VERSION = 63;
const LONGEST_NAME = 4096;

/**
 * What of a zip lies in bytes that nothing of the zip accounts for: an entry or part of a table of contents, which
 * programs find that read a zip from its start or repair it. Null for anything else, such as the stub of a
 * self-extracting program.
 */
export function foreignContent(source: ZipSource, start: number, end: number): string | null {
  for (let at = start; at < end; at += PIECE) {
    const piece = source.read(at, Math.min(PIECE + HEADER, end - at));
    if (hasEntry(piece)) return 'an entry';
    if (hasDirectory(piece)) return 'part of a table of contents';
  }
  return null;
}

function hasEntry(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ENTRY); at >= 0; at = bytes.indexOf(ENTRY, at + 1)) {
    if (at + HEADER > bytes.length) return false;
    const name = bytes.readUInt16LE(at + 26);
    const isHeader =
      bytes.readUInt8(at + 4) <= NEWEST_VERSION &&
      METHODS.has(bytes.readUInt16LE(at + 8)) &&
      name > 0 &&
      name <= LONGEST_NAME;
    if (isHeader) return true;
  }
  return false;
}

function hasDirectory(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(DIRECTORY); at >= 0; at = bytes.indexOf(DIRECTORY, at + 1)) {
    if (at + HEADER > bytes.length) return false;
    if (METHODS.has(bytes.readUInt16LE(at + 10)) && bytes.readUInt16LE(at + 28) > 0) return true;
  }
  return false;
}
