import type { Report, Rule } from '../../rule.ts';
import { placeOfSymbol } from '../../symbol-place.ts';

/** What shells, containers, Python and eKuiper's own image usually have in their environment. */
const COMMON_VARIABLES = [
  'HOME',
  'HOSTNAME',
  'KUBERNETES_SERVICE_HOST',
  'KUIPER_HOME',
  'KUIPER__BASIC__CONSOLELOG',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'LOGNAME',
  'MAINTAINER',
  'OLDPWD',
  'PATH',
  'PWD',
  'PYTHONPATH',
  'PYTHONUNBUFFERED',
  'PYTHON_VERSION',
  'SHELL',
  'SHLVL',
  'TERM',
  'TZ',
  'USER',
];

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
    if (!subject.manners.lowersYamlKeys) return [];
    return subject.symbols.flatMap((symbol) => {
      const { kind, name } = symbol;
      const hits = COMMON_VARIABLES.filter((variable) => variable.startsWith(name.toUpperCase()));
      if (kind !== 'source' || hits.length === 0) return [];
      return [
        {
          ...placeOfSymbol(subject, symbol),
          message: `The source "${name}" shares its name with the environment variable ${hits[0]}`,
          effect: `eKuiper 2 takes every variable that begins with ${name.toUpperCase()} for configuration of this source`,
          hint: 'Give the source a name that no environment variable begins with',
        },
      ];
    });
  },
};
