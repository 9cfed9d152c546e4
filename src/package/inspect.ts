import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Examination, examine, type LintOptions } from '../lint/lint.ts';
import type { Target } from '../model/target.ts';
import type { Entry, PluginView, ViewProblem } from '../model/view.ts';
import type { DirectoryView } from './directory-view.ts';
import { type Identity, identityOf } from './identity.ts';
import { blockingProblem, contentsOf, digestView } from './view-contents.ts';
import type { ZipView } from './zip-view.ts';

/** The result of `inspect` for a package or a project. Sizes in bytes, digests in hex. */
export interface Inspection extends Examination {
  readonly identity: Identity;
  readonly entries: readonly (Entry & { readonly sha256: string | null })[];
  readonly unpackedSize: number;
  /** Size and digest of the zip itself; null for a project. */
  readonly zip: { readonly size: number; readonly sha256: string } | null;
  /** Null when the plugin exceeds the limits, or when a file is damaged. */
  readonly contentDigest: string | null;
  /** The text of `install.sh`, which eKuiper runs at install; null when there is none. */
  readonly installScript: string | null;
}

const SCRIPT_LIMIT = 64 * 1024;

/** Reads a package or project completely, without writing or unpacking files. */
export async function inspect(
  view: DirectoryView | ZipView,
  target: Target,
  more: Omit<LintOptions, 'target'> = {},
): Promise<Inspection> {
  const digest = blockingProblem(view) ? null : await digestView(view.entries, contentsOf(view));
  const seen = withProblems(view, digest?.problems ?? []);
  const examination = await examine(seen, { ...more, target });
  const script = await seen.read('install.sh', SCRIPT_LIMIT);
  return {
    ...examination,
    identity: await identityOf(examination.subject),
    entries: view.entries.map((entry) => ({
      ...plain(entry),
      sha256: digest?.files.get(entry.path) ?? null,
    })),
    unpackedSize: view.entries.reduce((sum, entry) => sum + entry.size, 0),
    zip: view.form === 'zip' ? { size: view.size, sha256: await zipDigest(view) } : null,
    contentDigest: digest?.contentDigest ?? null,
    // Decoded whatever its encoding: a shell runs it, so it must always be shown.
    installScript: script && new TextDecoder().decode(script),
  };
}

/** Adds the problems that were found while everything was read; the view of a zip has them already. */
function withProblems(view: PluginView, found: readonly ViewProblem[]): PluginView {
  return view.form === 'zip' ? view : { ...view, problems: [...view.problems, ...found] };
}

function plain({ path, rawName, kind, size, mode }: Entry): Entry {
  return { path, rawName, kind, size, mode };
}

async function zipDigest({ archive }: ZipView): Promise<string> {
  const hash = createHash('sha256');
  const { bytes } = archive.source;
  if (bytes) return hash.update(bytes).digest('hex');
  for await (const piece of createReadStream(archive.path, { end: archive.source.size - 1 }))
    hash.update(piece);
  return hash.digest('hex');
}
