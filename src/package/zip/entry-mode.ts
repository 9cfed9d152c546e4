import type { EntryKind } from '../../model/view.ts';

/** A mode as Go's archive/zip computes it from the central directory. */
export interface GoMode {
  /** Permission bits, 0o777 at most. */
  readonly permissions: number;
  readonly isDirectory: boolean;
  /** A link, device, setuid … : all that `os.Root.OpenFile` rejects from 2.2 on. */
  readonly isSpecial: boolean;
}

/** The fields of the central directory that determine the kind and mode of an entry. */
export interface Attributes {
  readonly versionMadeBy: number;
  readonly externalAttributes: number;
}

const UNIX = [3, 19];
const DOS = [0, 11, 14];
const KIND_BITS = 0o170000;
/** Go treats all other types as regular files. */
const KINDS = new Map<number, EntryKind>([
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
  [0o010000, 'other'],
  [0o020000, 'other'],
  [0o060000, 'other'],
  [0o140000, 'other'],
]);
const DOS_READ_ONLY = 0x01;
const DOS_DIRECTORY = 0x10;
const WRITE_BITS = 0o222;

/**
 * Computes the mode as Go does: Unix modes from creators 3 and 19; DOS attributes become 0666 or 0777, without write
 * bits when read-only; other creators give no permissions (Mode in its struct.go).
 */
export function goMode(name: Buffer, attributes: Attributes): GoMode {
  const kind = entryKind(name, attributes);
  const bits = unixBits(attributes);
  return {
    permissions: (entryMode(attributes) ?? dosMode(attributes)) & 0o777,
    isDirectory: kind === 'directory',
    isSpecial: kind === 'symlink' || kind === 'other' || ((bits ?? 0) & 0o7000) !== 0,
  };
}

/**
 * Permission bits with setuid, setgid and sticky; null without a Unix mode: eKuiper then unpacks files with 0666 and
 * directories with 0777.
 */
export function entryMode(attributes: Attributes): number | null {
  const bits = unixBits(attributes);
  if (bits !== null) return bits & 0o7777;
  if (!isDos(attributes)) return 0;
  return (attributes.externalAttributes & DOS_READ_ONLY) === 0 ? null : dosMode(attributes);
}

function dosMode({ externalAttributes }: Attributes): number {
  const all = (externalAttributes & DOS_DIRECTORY) === 0 ? 0o666 : 0o777;
  return (externalAttributes & DOS_READ_ONLY) === 0 ? all : all & ~WRITE_BITS;
}

/** The kind of entry when Go unpacks it: a trailing slash makes a directory, whatever the mode. */
export function entryKind(name: Buffer, attributes: Attributes): EntryKind {
  if (name.at(-1) === SLASH) return 'directory';
  if (isDos(attributes)) {
    return (attributes.externalAttributes & DOS_DIRECTORY) === 0 ? 'file' : 'directory';
  }
  return KINDS.get((unixBits(attributes) ?? 0) & KIND_BITS) ?? 'file';
}

const SLASH = 0x2f;

function isDos({ versionMadeBy }: Attributes): boolean {
  return DOS.includes(versionMadeBy >>> 8);
}

function unixBits({ versionMadeBy, externalAttributes }: Attributes): number | null {
  return UNIX.includes(versionMadeBy >>> 8) ? externalAttributes >>> 16 : null;
}
