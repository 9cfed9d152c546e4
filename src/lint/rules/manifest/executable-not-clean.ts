import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { executableValue, readManifest } from '../../subject/manifest.ts';

export const executableNotClean: Rule = {
  id: 'executable-not-clean',
  severity: 'error',
  explanation: {
    means:
      '"executable" is not the plain path of a file in the package: it has ./, //, .., a trailing slash, ' +
      'a backslash, spaces around it, or starts at the root of a disk.',
    why: 'eKuiper cleans the names of zip entries (from 2.1.3 on) but not this value, and compares the two byte by byte.',
    issues: ['#2646', '#3458'],
    bad: '{ "executable": "./main.py", … }',
    good: '{ "executable": "main.py", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const found = executableValue(subject);
    if (manifest === null || found.state !== 'not-clean') return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('executable'),
        message: `"executable" is "${found.value}"; it must be the plain path of a file in the package`,
        effect: refused(`missing ${found.value}`),
        hint:
          found.clean === null
            ? 'Write its path inside the package, such as "main.py"'
            : `Write "executable": "${found.clean}"`,
      },
    ];
  },
};
