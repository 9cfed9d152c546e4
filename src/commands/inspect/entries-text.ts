import { count, modeText, sizeText } from '../../cli/output/number-text.ts';
import { type Cell, dim, type View, warn } from '../../cli/output/view.ts';
import type { Entry } from '../../model/view.ts';

/** Minimum size of a file that is marked as large if it makes up most of the package. */
const HEAVY_FROM = 1_000_000;

/** The entries of a package with modes and sizes, as a tree if they are in order. */
export function entriesView(entries: readonly Entry[]): View {
  if (entries.length === 0) return {};
  const unpackedSize = entries.reduce((sum, entry) => sum + entry.size, 0);
  const files = entries.filter((entry) => entry.kind === 'file').length;
  return {
    lines: { [Symbol.iterator]: () => entryLines(entries, unpackedSize) },
    below: [`${count(files, 'file')}, ${sizeText(unpackedSize)} unpacked`],
  };
}

function* entryLines(entries: readonly Entry[], unpackedSize: number): Generator<Cell> {
  const asTree = isOrdered(entries);
  for (const entry of entries) {
    const folder = entry.kind === 'directory';
    const size = folder ? '' : sizeText(entry.size);
    const name = asTree ? branch(entry.path, folder) : entry.rawName;
    const note = noteOf(entry, unpackedSize);
    const lead = dim(`${modeText(entry.mode).padStart(4)}  ${size.padStart(8)}`);
    yield [lead, `  ${name}`, warn(note === '' ? '' : `  ${note}`)];
  }
}

/** Whether parents come first and names are normalized, so that a tree is correct; else the raw names are listed. */
function isOrdered(entries: readonly Entry[]): boolean {
  const folders = new Set(['']);
  let last = '';
  return entries.every(({ path, rawName, kind }) => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const inLine = parent === '' || parent === last || last.startsWith(`${parent}/`);
    const plain = rawName.replace(/\/$/, '') === path;
    if (kind === 'directory') folders.add(path);
    last = kind === 'directory' ? path : parent;
    return inLine && plain && folders.has(parent);
  });
}

function branch(path: string, folder: boolean): string {
  const names = path.split('/');
  return `${'  '.repeat(names.length - 1)}${names.at(-1)}${folder ? '/' : ''}`;
}

function noteOf({ size, kind }: Entry, total: number): string {
  if (kind === 'symlink') return 'a symbolic link';
  if (kind === 'other') return 'neither file nor folder';
  if (size < HEAVY_FROM || size * 2 < total) return '';
  return `← ${Math.floor((size * 100) / total)} % of it all`;
}
