import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, isReadable } from '../../yaml/read-yaml.ts';

export const yamlNoDefault: Rule = {
  id: 'yaml-no-default',
  severity: 'warning',
  explanation: {
    means: 'A source\'s YAML has groups, but none called "default".',
    why: 'A stream without CONF_KEY takes "default", and every other group is laid over it. Without it eKuiper logs "default config_key not found" and the stream gets an empty configuration.',
    issues: [],
    bad: 'fast:\n  interval: 10',
    good: 'default:\n  interval: 1000\nfast:\n  interval: 10',
  },
  check: (subject) =>
    eachYaml(subject, (yaml, file): Report[] => {
      if (!isReadable(yaml)) return [];
      if (Object.keys(yaml.values).some((key) => key.toLowerCase() === 'default')) return [];
      if (yaml.groups.every(({ value }) => value === 'scalar' || value === 'list')) return [];
      return [
        {
          file: file.path,
          at: yaml.groups[0]?.at ?? { start: 0, end: 1 },
          message: 'There is no group "default"',
          effect: 'A stream without CONF_KEY gets an empty configuration',
          hint: 'Add "default:" with the settings that every stream should have, or "default: {}"',
        },
      ];
    }),
};
