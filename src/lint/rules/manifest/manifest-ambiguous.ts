import { memberOf } from '../../../model/json/node.ts';
import { parseGoJson } from '../../../model/json/parse.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import type { Subject } from '../../subject/subject.ts';

/** Limit of JSON files in the root that are searched. */
const MOST_FILES = 50;

export const manifestAmbiguous: Rule = {
  id: 'manifest-ambiguous',
  severity: 'warning',
  explanation: {
    means:
      'More than one JSON file in the root has "language" and "executable", as a manifest has.',
    why:
      'eKuiper reads only the one whose name is in the request. A forgotten copy installs as another plugin ' +
      'when somebody asks for its name, with the same symbols, and eKuiper does not notice the collision.',
    issues: ['#2175'],
    bad: 'probe.zip\n  probe.json\n  probe-old.json',
    good: 'probe.zip\n  probe.json',
  },
  async check(subject): Promise<Report[]> {
    const chosen = subject.manifest?.path;
    if (chosen === undefined) return [];
    const others = (await manifestLike(subject)).filter((path) => path !== chosen);
    return others.map((path) => ({
      file: path,
      message: `This looks like a manifest too; the plugin's is ${chosen}`,
      effect:
        'eKuiper reads the one whose name is in the request and unpacks the other as a plain file',
      hint: 'Keep one manifest in the root; give other JSON files a folder of their own',
    }));
  },
};

async function manifestLike(subject: Subject): Promise<string[]> {
  const roots = subject.view.entries
    .filter(({ path, kind }) => kind === 'file' && /^[^/]+\.json$/.test(path))
    .slice(0, MOST_FILES);
  const found: string[] = [];
  for (const { path } of roots) {
    const file = await subject.text(path);
    const json = file && parseGoJson(file.source.text);
    if (!json?.ok) continue;
    if (memberOf(json.root, 'language') && memberOf(json.root, 'executable')) found.push(path);
  }
  return found;
}
