import type { EntryKind } from '../../model/view.ts';

const UNIX = 3;
const MACOS = 19;
const KIND_BITS = 0o170000;
const KINDS = new Map<number, EntryKind>([
  [0, 'file'],
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
]);

/** The central directory's two fields that say what an entry is. */
export interface Attributes {
  readonly versionMadeBy: number;
  readonly externalFileAttributes: number;
}

/**
 * Permission bits with setuid, setgid and sticky, or null when the zip was not made on a Unix-like system;
 * eKuiper then unpacks with 0666 (anchors.md S1; Go reads creator 3 and 19 as Unix).
 */
export function unixMode(attributes: Attributes): number | null {
  const bits = unixBits(attributes);
  return bits === null ? null : bits & 0o7777;
}

/** What the entry becomes when Go unpacks it: a trailing slash makes a directory whatever the mode says. */
export function entryKind(rawName: string, attributes: Attributes): EntryKind {
  if (rawName.endsWith('/') || rawName.endsWith('\\')) return 'directory';
  return KINDS.get((unixBits(attributes) ?? 0) & KIND_BITS) ?? 'other';
}

function unixBits(attributes: Attributes): number | null {
  const creator = attributes.versionMadeBy >>> 8;
  if (creator !== UNIX && creator !== MACOS) return null;
  return attributes.externalFileAttributes >>> 16;
}
