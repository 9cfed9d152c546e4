import { isAbsolute, relative, sep } from 'node:path';
import { sortedByBytes } from '../../model/byte-text.ts';
import type { Entry, ViewProblem } from '../../model/view.ts';
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

/**
 * The POSIX path of a file relative to a directory (both absolute): '' for the directory itself, null for a file
 * outside of it.
 */
export function insidePath(directory: string, file: string): string | null {
  const path = relative(directory, file);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return null;
  return sep === '/' ? path : path.split(sep).join('/');
}

const RESERVED = /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\.|$)/i;
const FORBIDDEN = /[<>:"|?*]/;

/**
 * The problem of a file name (one path segment) in a package, or null. Strict, because a package is unpacked,
 * compared and packed again on other systems than the one that made it.
 */
export function nameProblem(name: string): Pick<ViewProblem, 'kind' | 'detail'> | null {
  if (name.includes('\\')) {
    return { kind: 'backslash-name', detail: 'the name holds a backslash' };
  }
  const detail = badName(name);
  return detail === null ? null : { kind: 'bad-name', detail };
}

function badName(name: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'the name holds a control character';
  if (name.includes('\ufffd'))
    return 'the name holds U+FFFD, which stands for a character that was lost';
  if (RESERVED.test(name)) return 'Windows reserves this name for a device';
  if (FORBIDDEN.test(name)) return 'the name holds a character that Windows forbids: < > : " | ? *';
  return /[. ]$/.test(name) ? 'Windows drops the dot or space at the end of the name' : null;
}

/** Entries whose names are equal on file systems that fold letter case or Unicode forms. */
export function caseConflicts(entries: readonly Entry[]): ViewProblem[] {
  const first = new Map<string, string>();
  const problems: ViewProblem[] = [];
  for (const { path, rawName } of entries) {
    const key = path.normalize('NFC').toLowerCase();
    const other = first.get(key);
    if (other === undefined) first.set(key, path);
    else if (other !== path) problems.push(conflict(rawName, other));
  }
  return problems;
}

function conflict(entry: string, other: string): ViewProblem {
  const detail = `differs from ${other} only in letter case or Unicode form`;
  return { kind: 'case-conflict', entry, detail };
}
