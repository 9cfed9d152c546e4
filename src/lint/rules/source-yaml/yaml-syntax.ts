import type { Report, Rule } from '../../rule.ts';
import { eachYaml, NO_CONFIGURATION } from '../../yaml/each-yaml.ts';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  severity: 'error',
  explanation: {
    means: "A source's YAML cannot be parsed.",
    why: 'eKuiper drops the error of the YAML parser. The install succeeds, the source starts, and its configuration is empty.',
    issues: [],
    bad: 'default:\n\tinterval: 1000      # a tab',
    good: 'default:\n  interval: 1000',
  },
  check: (subject) =>
    eachYaml(subject, ({ faults }, file): Report[] => {
      const fault = faults.find(({ kind }) => kind === 'syntax');
      if (!fault) return [];
      return [
        {
          file: file.path,
          at: fault.at,
          message: `This is not YAML: ${fault.message}`,
          effect: NO_CONFIGURATION,
          hint: /tab/i.test(fault.message)
            ? 'Indent with spaces'
            : 'Mend the syntax here or just before',
        },
      ];
    }),
};
