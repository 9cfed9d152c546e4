import type { Report, Rule } from '../../rule.ts';
import { eachYaml } from '../../yaml/each-yaml.ts';

export const yamlSeveralDocuments: Rule = {
  id: 'yaml-several-documents',
  severity: 'warning',
  explanation: {
    means: "A source's YAML has more than one document.",
    why: 'eKuiper reads only the first; whatever follows the second "---" is ignored.',
    issues: [],
    bad: 'default:\n  interval: 1\n---\nfast:\n  interval: 2',
    good: 'default:\n  interval: 1\nfast:\n  interval: 2',
  },
  check: (subject) =>
    eachYaml(subject, ({ secondDocument }, file): Report[] =>
      secondDocument === null
        ? []
        : [
            {
              file: file.path,
              at: secondDocument,
              message: 'A second document begins here',
              effect: 'eKuiper reads only the first one',
              hint: 'Remove the line "---" so that all groups are in one document',
            },
          ],
    ),
};
