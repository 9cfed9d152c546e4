import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, NO_CONFIGURATION } from '../../yaml/read-yaml.ts';

export const yamlNotMapping: Rule = {
  id: 'yaml-not-mapping',
  severity: 'error',
  explanation: {
    means: "The top of a source's YAML is a list or a plain value.",
    why: 'eKuiper decodes it into a map of groups. Anything else is an error that it drops: no configuration at all.',
    issues: [],
    bad: '- interval: 1000',
    good: 'default:\n  interval: 1000',
  },
  check: (subject) =>
    eachYaml(subject, ({ fault }, file): Report[] => {
      if (fault?.kind !== 'root') return [];
      return [
        {
          file: file.path,
          at: fault.at,
          message: 'The file holds no groups',
          effect: NO_CONFIGURATION,
          hint: 'Begin with the group "default:" and indent the settings below it',
        },
      ];
    }),
};
