import type { Entry, PluginView, ViewProblem } from '../model/view.ts';
import type { DirectoryView } from './directory-view.ts';
import type { Content } from './files/content.ts';
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
