/** A mode as Go's archive/zip computes it from the central directory. */
export interface GoMode {
  /** Permission bits, 0o777 at most. */
  readonly permissions: number;
  readonly isDirectory: boolean;
  /** A link, device, setuid … : everything that `os.Root.OpenFile` refuses from 2.2 on. */
  readonly isSpecial: boolean;
}

export interface ModeFields {
  readonly versionMadeBy: number;
  readonly externalFileAttributes: number;
}

const UNIX = [3, 19];
const DOS = [0, 11, 14];
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;

/**
 * What Go makes of an entry's attributes: Unix modes from creators 3 and 19; DOS ones become 0666 or 0777,
 * less the write bits when read-only; any other creator means no permission at all (anchors.md S1).
 */
export function goMode(name: string, fields: ModeFields): GoMode {
  const mode = modeByCreator(fields.versionMadeBy >>> 8, fields.externalFileAttributes);
  return { ...mode, isDirectory: mode.isDirectory || name.endsWith('/') };
}

function modeByCreator(creator: number, attributes: number): GoMode {
  if (UNIX.includes(creator)) return unixMode(attributes >>> 16);
  if (DOS.includes(creator)) return dosMode(attributes);
  return { permissions: 0, isDirectory: false, isSpecial: false };
}

function unixMode(bits: number): GoMode {
  const type = bits & 0o170000;
  const isDirectory = type === DIRECTORY;
  const isPlain = type === 0 || type === REGULAR || isDirectory;
  return {
    permissions: bits & 0o777,
    isDirectory,
    isSpecial: !isPlain || (bits & 0o7000) !== 0,
  };
}

function dosMode(attributes: number): GoMode {
  const isDirectory = (attributes & 0x10) !== 0;
  const all = isDirectory ? 0o777 : 0o666;
  const readOnly = (attributes & 0x01) !== 0;
  return { permissions: readOnly ? all & ~0o222 : all, isDirectory, isSpecial: false };
}
