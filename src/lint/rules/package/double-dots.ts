import { has } from '../../../model/behaviours.ts';
import { firstOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';

export const doubleDots: Rule = {
  id: 'double-dots',
  severity: 'error',
  explanation: {
    means: 'A file name has two dots in a row, such as a..b.txt.',
    why: 'eKuiper 2.3, and only 2.3, takes every name with ".." in it for an attempt to leave the plugin\'s folder.',
    issues: [],
    bad: 'models/v1..v2.diff',
    good: 'models/v1-v2.diff',
  },
  check(subject) {
    if (!has(subject.target, 'refuses-double-dots')) return [];
    const named = subject.view.entries.filter(({ path }) => path.includes('..'));
    const reports = named.map(
      ({ path }): Report => ({
        file: path,
        message: 'The name has ".." in it',
        effect: refused(
          `invalid file name: path traversal or absolute paths are not allowed: '${path}'`,
        ),
        hint: 'Rename the file, or install it on another eKuiper than 2.3',
      }),
    );
    return firstOf(reports);
  },
};
