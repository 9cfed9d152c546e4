import { createHash, hash } from 'node:crypto';
import type { Entry, PluginView, ViewProblem } from '../model/view.ts';
import type { DirectoryView } from './directory-view.ts';
import { type Content, contentDigest, type DigestedEntry } from './files/content.ts';
import type { ZipView } from './zip-view.ts';

/** Problems of a zip that prevent unpacking any of its content. */
const BLOCKING: readonly ViewProblem['kind'][] = [
  'too-large',
  'suspicious-ratio',
  'too-many-entries',
  'not-a-zip',
  'truncated',
  'bad-directory',
  'overlap',
];

/** The problem that prevents reading the contents of a plugin; null when they can be read. */
export function blockingProblem(view: Pick<PluginView, 'problems'>): ViewProblem | null {
  return view.problems.find(({ kind }) => BLOCKING.includes(kind)) ?? null;
}

/** Returns a function that returns the content of an entry; null for entries without content, such as directories. */
export function contentsOf(view: DirectoryView | ZipView): (entry: Entry) => Content | null {
  if (view.form === 'directory') {
    const contents = new Map(view.plan.entries.map((entry) => [entry.path, entry.content]));
    return ({ path }) => contents.get(path) ?? null;
  }
  return (entry) => view.content(entry);
}

/** The digests of a plugin's content, or the problems that prevented them. */
interface ViewDigest {
  /** Null when an entry could not be read. */
  readonly contentDigest: string | null;
  /** Hex sha256 by path; files only. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly ViewProblem[];
}

/**
 * Reads and digests every file of a plugin once. A file that cannot be read is returned as a problem, not thrown.
 * `contentOf` returns the content of an entry, or null when it has none.
 */
export async function digestView(
  entries: readonly Entry[],
  contentOf: (entry: Entry) => Content | null,
): Promise<ViewDigest> {
  const files = new Map<string, string>();
  const problems: ViewProblem[] = [];
  for (const entry of entries) {
    const content = contentOf(entry);
    if (!content) continue;
    try {
      files.set(entry.path, await sha256(content, entry.size));
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      problems.push({ kind: 'unreadable', entry: entry.rawName, detail });
    }
  }
  const lines = entries.flatMap((entry) => digested(entry, files));
  return { contentDigest: problems.length > 0 ? null : contentDigest(lines), files, problems };
}

/** Larger content is digested in pieces, so that memory stays constant. In bytes. */
export const STREAMED_FROM = 8 * 1024 * 1024;

async function sha256(content: Content, size: number): Promise<string> {
  return size < STREAMED_FROM ? hash('sha256', await content.bytes()) : streamedSha256(content);
}

/** The digest of content that is read as a stream; hex. */
export async function streamedSha256(content: Content): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of await content.stream()) digest.update(piece);
  return digest.digest('hex');
}

function digested(entry: Entry, files: ReadonlyMap<string, string>): DigestedEntry[] {
  const { path } = entry;
  const kind = entry.kind === 'directory' ? 'directory' : 'file';
  return [{ path, kind, mode: unpackedMode(entry), sha256: files.get(path) ?? null }];
}

/** The modes that eKuiper gives to entries without a Unix mode (docs/files.md#file-modes). */
const MODELESS = { file: 0o666, directory: 0o777 } as const;

/** The mode of an entry after eKuiper has unpacked it (before its umask). */
export function unpackedMode({ kind, mode }: Pick<Entry, 'kind' | 'mode'>): number {
  return mode ?? MODELESS[kind === 'directory' ? 'directory' : 'file'];
}
