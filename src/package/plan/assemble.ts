import { sortedByBytes } from '../../model/byte-order.ts';
import type { Entry } from '../../model/view.ts';
import type { Content } from '../files/content.ts';

/** An entry to write, with the source of its content. */
export interface PlannedEntry extends Entry {
  readonly kind: 'file' | 'directory';
  readonly mode: number;
  /** Null for directories. */
  readonly content: Content | null;
}

/** A file to pack. */
export interface PlannedFile {
  readonly path: string;
  readonly size: number;
  /** It starts with `#!` or is an ELF file. */
  readonly executable: boolean;
  readonly content: Content;
}

const EXECUTABLE = 0o755;
const PLAIN = 0o644;

/**
 * Creates the entries of a package for these files: with all parent directories, parents first (eKuiper 2.4 creates
 * one level at a time), and with the modes that eKuiper applies to the files (docs/files.md#file-modes). Empty
 * directories get no entry, because version control does not keep them.
 */
export function assemble(files: readonly PlannedFile[], executable: string | null): PlannedEntry[] {
  const folders = foldersAbove(files);
  const entries = Array.from(folders, folderEntry);
  for (const file of files) entries.push(fileEntry(file, executable));
  return sortedByBytes(entries, sortKey);
}

function foldersAbove(files: readonly PlannedFile[]): Set<string> {
  const folders = new Set<string>();
  for (const { path } of files) addFoldersAbove(path, folders);
  return folders;
}

/** Adds all parent directories of a path; stops at the first known one, because its parents are known too. */
export function addFoldersAbove(path: string, known: Set<string>): void {
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
    const folder = path.slice(0, slash);
    if (known.has(folder)) return;
    known.add(folder);
    if (slash === 0) return;
  }
}

function folderEntry(path: string): PlannedEntry {
  return { path, rawName: path, kind: 'directory', size: 0, mode: EXECUTABLE, content: null };
}

function fileEntry(file: PlannedFile, executable: string | null): PlannedEntry {
  const { path, size, content } = file;
  const runs = file.executable || path === executable || path === 'install.sh';
  const mode = runs ? EXECUTABLE : PLAIN;
  return { path, rawName: path, kind: 'file', size, mode, content };
}

/** With the trailing slash that directories have in the zip, byte order puts parents first. */
function sortKey({ path, kind }: PlannedEntry): string {
  return kind === 'directory' ? `${path}/` : path;
}
