import { has } from '../../../model/behaviours.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, isReadable } from '../../yaml/read-yaml.ts';

export const yamlKeyNotText: Rule = {
  id: 'yaml-key-not-text',
  severity: 'error',
  explanation: {
    means: 'A key of a group is a number, true, false or null instead of a text.',
    why: 'eKuiper 2 turns a group into a map with text keys and loses the whole group where that fails, without a word.',
    issues: [],
    bad: 'default:\n  1: first',
    good: 'default:\n  "1": first',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      if (!isReadable(yaml) || !has(subject.target, 'lowers-yaml-keys')) return [];
      return yaml.groups.flatMap((group) =>
        group.under
          .filter(({ isText }) => !isText)
          .map(({ key, at }) => ({
            file: file.path,
            at,
            message: `The key ${key} is no text`,
            effect: `eKuiper silently loses the whole group "${group.key}"`,
            hint: `Quote it: "${key}":`,
          })),
      );
    }),
};
