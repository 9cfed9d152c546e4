import { readSubject } from '../../lint/subject/read-subject.ts';
import type { Subject } from '../../lint/subject/subject.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { NEWEST_TARGET } from '../../model/target.ts';
import type { Entry, PluginView, ViewProblem } from '../../model/view.ts';
import type { DirectoryView } from '../directory-view.ts';
import type { Content } from '../files/content.ts';
import { identityOf, unreadManifest } from '../identity.ts';
import { blockingProblem, contentsOf } from '../view-contents.ts';
import type { ZipView } from '../zip-view.ts';
import type { PluginFacts } from './identity-changes.ts';

/** One of two plugins to compare, without the contents of its files. */
export interface PluginSide {
  readonly label: string;
  readonly form: 'directory' | 'zip';
  readonly facts: PluginFacts;
  readonly subject: Subject;
  /** By path; the first entry when a zip has a path twice. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly problems: readonly ViewProblem[];
  /** The content of an entry, from memory if it was read already; null when it has none. */
  content(entry: Entry): Content | null;
}

/**
 * Opens one side. Its manifest and symbol files are kept for the comparison, so that none is read twice. Throws (exit
 * code 2) when the zip is invalid or exceeds the limits.
 */
export async function readSide(view: DirectoryView | ZipView): Promise<PluginSide> {
  const hostile = blockingProblem(view);
  if (hostile !== null) throw unreadable(view.label, hostile);
  const seen = new Map<string, Uint8Array>();
  const subject = await readSubject(remembering(view, seen), NEWEST_TARGET);
  const contents = contentsOf(view);
  return {
    label: view.label,
    form: view.form,
    facts: await pluginFacts(subject, view),
    subject,
    entries: new Map(view.entries.toReversed().map((entry) => [entry.path, entry])),
    problems: view.problems,
    content(entry) {
      const bytes = seen.get(entry.path);
      const content = contents(entry);
      return bytes?.length === entry.size && content
        ? { bytes: async () => bytes, stream: () => content.stream() }
        : content;
    },
  };
}

/** Wraps a view to keep the files that are read through it. */
function remembering(view: PluginView, seen: Map<string, Uint8Array>): PluginView {
  return {
    ...view,
    async read(path, limit) {
      const bytes = await view.read(path, limit);
      if (bytes) seen.set(path, bytes);
      return bytes;
    },
  };
}

/** Reads the facts from the manifest and the executable. */
async function pluginFacts(subject: Subject, view: PluginView): Promise<PluginFacts> {
  const { name, version, language, executable, arch } = await identityOf({ ...subject, view });
  return {
    name,
    version: orNull(version),
    language: orNull(language),
    executable: orNull(executable),
    virtualEnvType: orNull(subject.decoded?.virtualEnvType ?? ''),
    env: orNull(subject.decoded?.env ?? ''),
    arch,
  };
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function unreadable(label: string, { detail }: ViewProblem): KpluginError {
  return new KpluginError({
    code: 'package-unreadable',
    exit: EXIT.usage,
    message: `${label} cannot be compared: it is no package that may be read`,
    reason: detail,
    hint: 'kplugin inspect <zip>\n(tells more about it)',
  });
}

/** Summary of one side. Sizes in bytes, digests in hex. */
export interface SideSummary {
  readonly label: string;
  readonly form: 'directory' | 'zip';
  readonly facts: PluginFacts;
  readonly files: number;
  readonly unpackedSize: number;
  /** The same for the same content, independent of the packer; null when part of it cannot be read. */
  readonly contentDigest: string | null;
  /** Why the manifest cannot be read; omitted when it can be read or is missing. */
  readonly unread?: string;
}

/** Creates the summary of a side after its files were read. */
export function summaryOf(side: PluginSide, contentDigest: string | null): SideSummary {
  const { label, form, facts, entries } = side;
  const unread = unreadIn(side);
  const all = [...entries.values()];
  return {
    label,
    form,
    facts,
    files: all.filter(({ kind }) => kind !== 'directory').length,
    unpackedSize: all.reduce((sum, { size }) => sum + size, 0),
    contentDigest,
    ...(unread === null ? {} : { unread }),
  };
}

/** Why the identity of a side is unknown; null when its manifest was read or is missing. */
export function unreadIn({
  facts,
  problems,
}: Pick<PluginSide, 'facts' | 'problems'>): string | null {
  return facts.name === null ? unreadManifest(problems) : null;
}
