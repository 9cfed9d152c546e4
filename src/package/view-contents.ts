import type { Entry, PluginView, ViewProblem } from '../model/view.ts';
import type { DirectoryView } from './directory-view.ts';
import type { Content } from './files/content.ts';
import type { ZipView } from './zip-view.ts';

/** Nothing is inflated of a zip that announces any of these. */
const HANDS_OFF: readonly ViewProblem['kind'][] = [
  'too-large',
  'suspicious-ratio',
  'too-many-entries',
  'not-a-zip',
  'truncated',
  'bad-directory',
  'overlap',
];

/** What forbids to read the contents of a plugin at all; null where they may be read. */
export function handsOff(view: Pick<PluginView, 'problems'>): ViewProblem | null {
  return view.problems.find(({ kind }) => HANDS_OFF.includes(kind)) ?? null;
}

/** How to get at the bytes of each entry; null for those that have none, such as folders. */
export function contentsOf(view: DirectoryView | ZipView): (entry: Entry) => Content | null {
  if (view.form === 'directory') {
    const contents = new Map(view.plan.entries.map((entry) => [entry.path, entry.content]));
    return ({ path }) => contents.get(path) ?? null;
  }
  return (entry) => view.content(entry);
}
