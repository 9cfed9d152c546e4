import { FUNCTION_NAME, PLUGIN_NAME } from '../../../model/names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const functionNotCallable: Rule = {
  id: 'function-not-callable',
  severity: 'warning',
  explanation: {
    means:
      'A function has a name that SQL cannot read as one word: it starts with a digit or "_", or has a "-".',
    why:
      'eKuiper\'s SQL reads a letter followed by letters, digits and "_" as a name. Any other must be written in ' +
      'backquotes at every call; without them my-fn(x) is read as my minus fn(x).',
    issues: [],
    bad: '{ "functions": ["to-celsius"] }',
    good: '{ "functions": ["to_celsius"] }',
  },
  check(subject): Report[] {
    return listedSymbols(subject)
      .filter(({ kind, name }) => kind === 'function' && PLUGIN_NAME.test(name))
      .filter(({ name }) => !FUNCTION_NAME.test(name))
      .map(({ name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The function "${name}" can only be called in backquotes`,
        effect: `eKuiper's SQL does not read ${name}(…) as a call; only \`${name}\`(…) works`,
        hint: `Rename it, for example to "${suggestion(name)}"`,
      }));
  },
};

function suggestion(name: string): string {
  const plain = name.replaceAll('-', '_').replace(/^_+/, '');
  return /^[A-Za-z]/.test(plain) ? plain : `f${plain}`;
}
