import { sortedByBytes } from '../../model/byte-order.ts';
import type { Entry } from '../../model/view.ts';
import type { Content } from '../files/content.ts';

/** An entry to be written, and where its content comes from. */
export interface PlannedEntry extends Entry {
  readonly kind: 'file' | 'directory';
  readonly mode: number;
  /** Null for directories. */
  readonly content: Content | null;
}

/** A file that goes into a package. */
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
 * The entries of a package for these files: with every folder above them, parents first (eKuiper 2.4 makes one
 * level at a time), and with the modes that eKuiper hands on to the files (docs/files.md#file-modes). An empty folder
 * has no entry: it would come and go with the checkout.
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

/** Adds every folder above a path; those above a folder that is known are known too, and are not looked at again. */
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

/** With the slash that folders have in the zip, the order of bytes puts parents first. */
function sortKey({ path, kind }: PlannedEntry): string {
  return kind === 'directory' ? `${path}/` : path;
}
