import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml, NO_CONFIGURATION } from '../../yaml/read-yaml.ts';

export const yamlDuplicateKey: Rule = {
  id: 'yaml-duplicate-key',
  severity: 'error',
  explanation: {
    means: "A mapping in a source's YAML has the same key twice.",
    why: 'The YAML parser refuses it (mapping key "default" already defined), and eKuiper drops that error: no configuration at all.',
    issues: [],
    bad: 'default:\n  interval: 1000\ndefault:\n  seed: 1',
    good: 'default:\n  interval: 1000\n  seed: 1',
  },
  check: (subject) =>
    eachYaml(subject, ({ duplicates }, file): Report[] =>
      duplicates.map(({ key, at }) => ({
        file: file.path,
        at,
        message: `The key "${key}" is already defined above`,
        effect: NO_CONFIGURATION,
        hint:
          key === '<<'
            ? 'Merge both into one: "<<: [*first, *second]"'
            : 'Join the two, or remove one of them',
      })),
    ),
};
