import { isSqlKeyword } from '../../../model/names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const functionIsKeyword: Rule = {
  id: 'function-is-keyword',
  severity: 'warning',
  explanation: {
    means: "A function is called like a word of eKuiper's SQL, in whatever letter case.",
    why:
      'The SQL scanner reads the keyword before anything is called; the call must then be written in backquotes. ' +
      '"invisible" is such a word from 2.2 on.',
    issues: [],
    bad: '{ "functions": ["filter"] }',
    good: '{ "functions": ["filter_rows"] }',
  },
  check(subject): Report[] {
    return listedSymbols(subject)
      .filter(({ kind, name }) => kind === 'function' && isSqlKeyword(name, subject.target))
      .map(({ name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The function "${name}" is called like the SQL keyword ${name.toUpperCase()}`,
        effect: `eKuiper's SQL reads ${name}(…) as the keyword; only \`${name}\`(…) calls it`,
        hint: `Rename it, for example to "${name}_of"`,
      }));
  },
};
