import { isUtf8 } from 'node:buffer';
import type { Entry, ViewProblem } from '../../model/view.ts';
import type { Content } from '../files/content.ts';
import { otherReading } from '../zip/entry-name.ts';
import { countProblem } from '../zip/limits.ts';
import type { ZipView } from '../zip-view.ts';
import { followLinks, type LinkEnd, type LinkTree, PathNode } from './zip-links.ts';

/** A file of a zip with its path in the package; links are already resolved. */
export interface ZipFileEntry {
  readonly path: string;
  readonly size: number;
  readonly content: Content;
  /** The entry with the content. */
  readonly entry: Entry;
  /** The target, when the entry was a link; else null. */
  readonly linkedTo: string | null;
}

interface ZipFiles {
  readonly files: readonly ZipFileEntry[];
  readonly problems: readonly ViewProblem[];
}

const LINK_LIMIT = 4096;

/**
 * The files of a zip, with every symbolic link replaced by the file or directory that it leads to. Links to more
 * files than a package may have are a problem.
 */
export async function filesOf(view: ZipView, entries: readonly Entry[]): Promise<ZipFiles> {
  const plain = entries.filter((entry) => entry.kind === 'file').flatMap((e) => asFile(view, e));
  const files = [...plain];
  const problems = entries.filter((entry) => entry.kind === 'other').map(notAFile);
  const ends = await linkEnds(view, entries, plain);
  for (const [link, { end, reached }] of ends) {
    if (!end.ok) problems.push({ kind: end.kind, entry: link, detail: end.detail });
    else if (reached.length === 0) problems.push(dangling(link, end.node.path));
    const tooMany = countProblem(files.length + reached.length);
    if (tooMany !== null) return { files: plain, problems: [...problems, tooMany] };
    for (const file of reached) {
      const path = `${link}${file.path.slice(end.ok ? end.node.path.length : 0)}`;
      files.push({ ...file, path, linkedTo: file.path });
    }
  }
  return { files, problems };
}

interface Led {
  readonly end: LinkEnd;
  /** The file that the link leads to, or the files in that directory. */
  readonly reached: readonly ZipFileEntry[];
}

/** Resolves links; by the path of the link. */
async function linkEnds(
  view: ZipView,
  entries: readonly Entry[],
  files: readonly ZipFileEntry[],
): Promise<ReadonlyMap<string, Led>> {
  const root = new PathNode();
  const links = addLinks(view, entries, root);
  if (links.size === 0) return new Map();
  const nodes = files.map(({ path }) => root.add(path));
  const ends = await endsOf(links.keys(), {
    root,
    read: async (path) => {
      const from = links.get(path) ?? path;
      const bytes = (await view.read(from, LINK_LIMIT)) ?? new Uint8Array();
      return meantTarget(view, from, bytes);
    },
  });
  const found = new Map<PathNode, ZipFileEntry[]>();
  for (const { end } of ends) if (end.ok && end.node !== root) found.set(end.node, []);
  for (const [at, file] of files.entries()) {
    for (let node = nodes[at]; node?.above; node = node.above) found.get(node)?.push(file);
  }
  const led = ({ path, end }: Ended): [string, Led] => {
    return [path, { end, reached: (end.ok ? found.get(end.node) : null) ?? [] }];
  };
  return new Map(ends.map(led));
}

interface Ended {
  readonly path: string;
  readonly end: LinkEnd;
}

async function endsOf(links: Iterable<string>, tree: LinkTree): Promise<readonly Ended[]> {
  const ends: Ended[] = [];
  for (const path of links) ends.push({ path, end: await followLinks(path, tree) });
  return ends;
}

/** Adds the files that links lead to, under the paths of the links. */
function addLinks(
  { meant }: ZipView,
  entries: readonly Entry[],
  root: PathNode,
): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const { path: from, kind } of entries) {
    if (kind !== 'symlink') continue;
    const path = meant.get(from) ?? from;
    root.add(path).link = { path, end: null, isBeingFollowed: false };
    links.set(path, from);
  }
  return links;
}

/** The target of a link in UTF-8: it has the same encoding as the names in the zip. */
function meantTarget(view: ZipView, path: string, bytes: Uint8Array): Uint8Array {
  const flags = view.records.get(path)?.flags ?? 0;
  if (isUtf8(bytes) && !view.namesIn.isNamed) return bytes;
  const text = otherReading(bytes, flags, view.namesIn);
  return text === null ? bytes : Buffer.from(text);
}

function asFile(view: ZipView, entry: Entry): ZipFileEntry[] {
  const { path, size } = entry;
  const content = view.content(entry);
  if (content === null) return [];
  return [{ path: view.meant.get(path) ?? path, size, content, entry, linkedTo: null }];
}

function dangling(entry: string, target: string): ViewProblem {
  return {
    kind: 'unreadable',
    entry,
    detail: `is a link to ${target || '.'}, which the zip does not hold`,
  };
}

function notAFile({ rawName }: Entry): ViewProblem {
  return { kind: 'unreadable', entry: rawName, detail: 'is a socket, pipe or device, not a file' };
}
