import type { Entry, ViewProblem } from '../../model/view.ts';
import type { Content } from '../plan/content.ts';
import type { ZipView } from '../zip-view.ts';
import { followLinks } from './links.ts';

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

/** The files of a zip, with every symbolic link replaced by the file or folder that it leads to. */
export async function filesOf(view: ZipView, entries: readonly Entry[]): Promise<ZipFiles> {
  const targets = await linkTargets(view, entries);
  const plain = entries.filter((entry) => entry.kind === 'file').flatMap((e) => asFile(view, e));
  const files = [...plain];
  const problems = entries.filter((entry) => entry.kind === 'other').map(notAFile);
  for (const link of targets.keys()) {
    const end = followLinks(link, targets);
    const reached = end.ok ? below(plain, link, end.path) : [];
    files.push(...reached);
    if (!end.ok) problems.push({ kind: end.kind, entry: link, detail: end.detail });
    else if (reached.length === 0) problems.push(dangling(link, end.path));
  }
  return { files, problems };
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
  return content ? [{ path, size, content, linkedTo: null }] : [];
}

/** The file at the link's end, or all files of the folder there, under the link's own name. */
function below(files: readonly ZipFileEntry[], link: string, end: string): ZipFileEntry[] {
  return files.flatMap((file) => {
    const rest =
      file.path === end ? '' : file.path.startsWith(`${end}/`) ? file.path.slice(end.length) : null;
    return rest === null ? [] : [{ ...file, path: `${link}${rest}`, linkedTo: file.path }];
  });
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
