import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, isReadable } from '../../yaml/read-yaml.ts';

export const yamlGroupNotMapping: Rule = {
  id: 'yaml-group-not-mapping',
  severity: 'error',
  explanation: {
    means:
      'A group of a source\'s YAML is a plain value or a list. Often "default:" was forgotten.',
    why: 'A group must be a map of settings. eKuiper loses such a group without a word; the other groups survive.',
    issues: [],
    bad: 'interval: 1000',
    good: 'default:\n  interval: 1000',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      if (!isReadable(yaml)) return [];
      return yaml.groups
        .filter(({ value }) => value === 'scalar' || value === 'list')
        .map(({ key, at, value }) => ({
          file: file.path,
          at,
          message: `The group "${key}" is a ${value === 'list' ? 'list' : 'plain value'}, not a map of settings`,
          effect: `eKuiper silently loses "${key}"; a stream cannot use it`,
          hint: yaml.groups.some((group) => group.key === 'default')
            ? 'Indent it below a group, or write the group as key: value lines'
            : `Indent it below "default:"`,
        }));
    }),
};
