import { nameProblem, PLUGIN_NAME } from '../../../model/names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const symbolNameInvalid: Rule = {
  id: 'symbol-name-invalid',
  severity: 'warning',
  explanation: {
    means: 'A symbol has a name with other characters than letters, digits, "_" and "-".',
    why:
      'REST takes any name, but it becomes a file name (sources/<symbol>.yaml) and, for functions, a socket ' +
      '(/tmp/func_<symbol>.ipc); a slash or ".." leads somewhere else. eKuiper\'s own command line refuses such names.',
    issues: [],
    bad: '{ "sources": ["my source"] }',
    good: '{ "sources": ["my_source"] }',
  },
  check(subject): Report[] {
    return listedSymbols(subject)
      .filter(({ name }) => name !== '' && !PLUGIN_NAME.test(name))
      .map(({ kind, name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The ${kind} "${name}" ${nameProblem(name)}`,
        effect:
          'eKuiper uses the name for files and sockets as it is; these may not be found again',
        hint: `Rename it to "${name.replace(/[^A-Za-z0-9_-]+/g, '_')}" in the manifest, the program and its files`,
      }));
  },
};
