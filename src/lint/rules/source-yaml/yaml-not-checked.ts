import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { eachYaml } from '../../yaml/read-yaml.ts';

export const yamlNotChecked: Rule = {
  id: 'yaml-not-checked',
  severity: 'error',
  explanation: {
    means: `A source's YAML has more than ${TEXT_LIMITS.sourceYaml / 1024} KiB or ${TEXT_LIMITS.yamlNodes} keys and values, they lie more than ${TEXT_LIMITS.yamlDepth} levels deep, or aliases write out more than ${TEXT_LIMITS.yamlSteps} values.`,
    why: 'This is a limit of kplugin, not of eKuiper: it does not check such a file, so it cannot say what the source gets. No file that people write comes near it.',
    issues: [],
    bad: 'default: [[[[[[[[[[[[[[[[[[[[[[[[[[…',
    good: 'default:\n  interval: 1000',
  },
  check: (subject) =>
    eachYaml(subject, ({ fault }, file): Report[] =>
      fault?.kind === 'limit'
        ? [
            {
              file: file.path,
              at: fault.at,
              message: `kplugin does not check files of this shape: ${fault.message}`,
              effect: 'What eKuiper makes of the file is not known',
              hint: 'Use fewer values and levels, and write values out instead of nesting aliases',
            },
          ]
        : [],
    ),
};
