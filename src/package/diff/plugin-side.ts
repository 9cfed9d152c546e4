import { readSubject } from '../../lint/subject/read-subject.ts';
import type { Subject } from '../../lint/subject/subject.ts';
import { EXIT, KpluginError } from '../../model/error.ts';
import { NEWEST_TARGET } from '../../model/target.ts';
import type { Entry, PluginView, ViewProblem } from '../../model/view.ts';
import type { DirectoryView } from '../directory-view.ts';
import type { Content } from '../files/content.ts';
import { blockingProblem, contentsOf } from '../view-contents.ts';
import type { ZipView } from '../zip-view.ts';
import { type PluginFacts, pluginFacts } from './plugin-facts.ts';

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

function unreadable(label: string, { detail }: ViewProblem): KpluginError {
  return new KpluginError({
    code: 'package-unreadable',
    exit: EXIT.usage,
    message: `${label} cannot be compared: it is no package that may be read`,
    reason: detail,
    hint: 'kplugin inspect <zip>\n(tells more about it)',
  });
}
