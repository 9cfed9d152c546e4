import { has } from '../../../model/behaviours.ts';
import { variableBeginningWith } from '../../../model/names.ts';
import { placeOfSymbol, type Report, type Rule } from '../../engine/rule.ts';

export const yamlEnvironmentPrefix: Rule = {
  id: 'yaml-environment-prefix',
  severity: 'warning',
  explanation: {
    means: 'The name of a source is the beginning of a common environment variable.',
    why: 'eKuiper 2 overrides the configuration of a source x with every environment variable whose name begins with X, not only with X__GROUP__KEY. A source called "path" gets PATH as a group of its configuration, and eKuiper can panic with "not expected type".',
    issues: [],
    bad: '"sources": ["path"]',
    good: '"sources": ["pathwatch"]',
  },
  check(subject): Report[] {
    if (!has(subject.target, 'lowers-yaml-keys')) return [];
    return subject.symbols.flatMap((symbol) => {
      const { kind, name } = symbol;
      const variable = kind === 'source' ? variableBeginningWith(name) : null;
      if (variable === null) return [];
      return [
        {
          ...placeOfSymbol(subject, symbol),
          message: `The source "${name}" shares its name with the environment variable ${variable}`,
          effect: `eKuiper 2 takes every variable that begins with ${name.toUpperCase()} for configuration of this source`,
          hint: 'Give the source a name that no environment variable begins with',
        },
      ];
    });
  },
};
