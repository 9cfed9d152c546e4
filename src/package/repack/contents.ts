import type { Entry, ViewProblem } from '../../model/view.ts';
import { foldersOf } from '../plan/assemble.ts';
import type { Content } from '../plan/content.ts';
import { countProblem } from '../zip/limits.ts';
import type { ZipView } from '../zip-view.ts';
import { followLinks, type LinkEnd } from './links.ts';

/** A file of a zip under the path that it is to have, links already replaced by what they lead to. */
export interface ZipFileEntry {
  readonly path: string;
  readonly size: number;
  readonly content: Content;
  /** Where it comes from when that was a link. */
  readonly linkedTo: string | null;
}

export interface ZipFiles {
  readonly files: readonly ZipFileEntry[];
  readonly problems: readonly ViewProblem[];
}

const LINK_LIMIT = 4096;

/**
 * The files of a zip, with every symbolic link replaced by the file or folder that it leads to. Links that lead to more
 * files than a package may hold are a problem.
 */
export async function filesOf(view: ZipView, entries: readonly Entry[]): Promise<ZipFiles> {
  const targets = await linkTargets(view, entries);
  const plain = entries.filter((entry) => entry.kind === 'file').flatMap((e) => asFile(view, e));
  const files = [...plain];
  const problems = entries.filter((entry) => entry.kind === 'other').map(notAFile);
  const ends = new Map(Array.from(targets.keys(), (link) => [link, followLinks(link, targets)]));
  const folders = below(plain, ends.values());
  for (const [link, end] of ends) {
    const reached = end.ok ? (folders.get(end.path) ?? []) : [];
    if (!end.ok) problems.push({ kind: end.kind, entry: link, detail: end.detail });
    else if (reached.length === 0) problems.push(dangling(link, end.path));
    const tooMany = countProblem(files.length + reached.length);
    if (tooMany !== null) return { files: plain, problems: [...problems, tooMany] };
    for (const file of reached) {
      const path = `${link}${file.path.slice(end.ok ? end.path.length : 0)}`;
      files.push({ ...file, path, linkedTo: file.path });
    }
  }
  return { files, problems };
}

/** The files at what links lead to, or in it: of 60,000 deep paths all folders would be some million lists. */
function below(
  files: readonly ZipFileEntry[],
  ends: Iterable<LinkEnd>,
): ReadonlyMap<string, readonly ZipFileEntry[]> {
  const found = new Map<string, ZipFileEntry[]>();
  for (const end of ends) if (end.ok) found.set(end.path, []);
  if (found.size === 0) return found;
  for (const file of files) {
    for (const folder of foldersOf(file.path)) found.get(folder)?.push(file);
    found.get(file.path)?.push(file);
  }
  return found;
}

async function linkTargets(view: ZipView, entries: readonly Entry[]): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  for (const { path, kind } of entries) {
    if (kind !== 'symlink') continue;
    const bytes = await view.read(path, LINK_LIMIT);
    targets.set(path, Buffer.from(bytes ?? []).toString('utf8'));
  }
  return targets;
}

function asFile(view: ZipView, { path, kind, size }: Entry): ZipFileEntry[] {
  const content = view.content({ path, kind });
  return content ? [{ path: view.meant.get(path) ?? path, size, content, linkedTo: null }] : [];
}

function dangling(entry: string, target: string): ViewProblem {
  return {
    kind: 'unreadable',
    entry,
    detail: `is a link to ${target}, which the zip does not hold`,
  };
}

function notAFile({ rawName }: Entry): ViewProblem {
  return { kind: 'unreadable', entry: rawName, detail: 'is a socket, pipe or device, not a file' };
}
