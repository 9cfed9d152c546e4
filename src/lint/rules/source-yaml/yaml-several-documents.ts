import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml } from '../../yaml/read-yaml.ts';

export const yamlSeveralDocuments: Rule = {
  id: 'yaml-several-documents',
  severity: 'warning',
  explanation: {
    means: "A source's YAML has more than one document, or something after its end.",
    why: 'eKuiper reads only the first document; whatever follows is ignored.',
    issues: [],
    bad: 'default:\n  interval: 1\n---\nfast:\n  interval: 2',
    good: 'default:\n  interval: 1\nfast:\n  interval: 2',
  },
  check: (subject) =>
    eachYaml(subject, ({ rest }, file): Report[] =>
      rest === null
        ? []
        : [
            {
              file: file.path,
              at: rest.at,
              message: rest.isDocument
                ? 'A second document begins here'
                : 'The document ends before this',
              effect: rest.isDocument
                ? 'eKuiper reads only the first one'
                : 'eKuiper does not read what follows',
              hint: rest.isDocument
                ? 'Remove the line "---" so that all groups are in one document'
                : 'Correct the syntax just before, or remove the rest',
            },
          ],
    ),
};
