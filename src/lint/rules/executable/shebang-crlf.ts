import { forkFailure, programOf } from '../../executable/program.ts';
import type { Report, Rule } from '../../rule.ts';
import { failsToStart } from '../../words.ts';

export const shebangCrlf: Rule = {
  id: 'shebang-crlf',
  severity: 'error',
  explanation: {
    means: 'The #! line of a script that is run by itself ends in CRLF, as Windows writes it.',
    why:
      "Linux takes the carriage return for a part of the interpreter's name and does not find it. Python files that " +
      'eKuiper\'s Python reads ("language": "python") may have CRLF.',
    issues: [],
    bad: '#!/usr/bin/env python3\\r\\n',
    good: '#!/usr/bin/env python3\\n',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    if (program?.runs !== 'itself') return [];
    const { header, path } = program;
    if (header.format !== 'script' || !header.crlf) return [];
    return [
      {
        file: path,
        at: { start: 0, end: 2 },
        message: 'The #! line ends in CRLF',
        effect: failsToStart(subject, forkFailure(subject, path, 'no such file or directory')),
        hint: 'Save the file with LF line ends; in git: *.py text eol=lf in .gitattributes',
      },
    ];
  },
};
