import { NAME_LIMIT } from '../../../model/names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { listedSymbols } from '../../subject/manifest.ts';

export const symbolNameTooLong: Rule = {
  id: 'symbol-name-too-long',
  severity: 'warning',
  explanation: {
    means: `A symbol's name is longer than ${NAME_LIMIT} characters.`,
    why:
      'eKuiper puts it into the path of a socket, /tmp/func_<symbol>.ipc or /tmp/<rule>_<symbol>_0.ipc. ' +
      'Linux allows 107 bytes there and refuses to bind a longer one.',
    issues: [],
    bad: `{ "functions": ["${'celsius_'.repeat(12)}"] }`,
    good: '{ "functions": ["celsius"] }',
  },
  check(subject): Report[] {
    return listedSymbols(subject)
      .filter(({ name }) => name.length > NAME_LIMIT)
      .map(({ kind, name, at }) => ({
        file: subject.manifest?.path ?? '',
        at,
        message: `The name of this ${kind} has ${name.length} characters; ${NAME_LIMIT} are safe`,
        effect:
          'The path of its socket gets too long: eKuiper cannot start the symbol (bind: invalid argument)',
        hint: 'Give it a shorter name',
      }));
  },
};
