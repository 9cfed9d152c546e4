import { has } from '../../../model/behaviours.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, isReadable, type YamlKey } from '../../yaml/read-yaml.ts';

export const yamlKeysDifferInCase: Rule = {
  id: 'yaml-keys-differ-in-case',
  severity: 'error',
  explanation: {
    means: 'Two keys of one mapping differ only in letter case.',
    why: 'eKuiper 2 lower-cases every key of sources/x.yaml first. The two fall into one, and which value wins is chance.',
    issues: [],
    bad: 'default:\n  hatId: 1\n  hatID: 2',
    good: 'default:\n  hatId: 1',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      if (!isReadable(yaml) || !has(subject.target, 'lowers-yaml-keys')) return [];
      return clashes(yaml.groups).map(([first, second]) => ({
        file: file.path,
        at: second.at,
        message: `"${second.key}" and "${first.key}" differ only in letter case`,
        effect: 'eKuiper makes one key of them, with the value of either, by chance',
        hint: 'Remove or rename one of them',
      }));
    }),
};

function clashes(keys: readonly YamlKey[]): [YamlKey, YamlKey][] {
  const firsts = new Map<string, YamlKey>();
  const here: [YamlKey, YamlKey][] = [];
  for (const key of keys) {
    const first = firsts.get(key.key.toLowerCase());
    if (!first) firsts.set(key.key.toLowerCase(), key);
    else if (first.key !== key.key) here.push([first, key]);
  }
  return [...here, ...keys.flatMap(({ under }) => clashes(under))];
}
