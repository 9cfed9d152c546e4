import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake, failsToStart } from '../../engine/words.ts';
import { type Shebang, scriptProgram } from '../../executable/executable-header.ts';
import { forkFailure, programOf } from '../../executable/program.ts';
import type { Subject } from '../../subject/subject.ts';

export const shebangInterpreter: Rule = {
  id: 'shebang-interpreter',
  severity: 'error',
  explanation: {
    means:
      'The #! line of a script that is run by itself names its interpreter so that Linux cannot start it.',
    why:
      'Linux wants an absolute path and passes everything after it as ONE argument: "/usr/bin/env python3 -u" looks ' +
      'for a program called "python3 -u". bash (a warning) is in none of the Alpine images.',
    issues: [],
    bad: '#!python3\n#!/usr/bin/env python3 -u',
    good: '#!/usr/bin/env python3\n#!/usr/bin/env -S python3 -u',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    if (program?.runs !== 'itself' || program.header.format !== 'script') return [];
    const report = judge(subject, program.path, program.header);
    return report ? [{ file: program.path, at: { start: 0, end: 2 }, ...report }] : [];
  },
};

type Judgement = Omit<Report, 'file' | 'at'>;

function judge(subject: Subject, path: string, shebang: Shebang): Judgement | null {
  const { interpreter, argument } = shebang;
  if (!interpreter.startsWith('/')) {
    const reason = interpreter === '' ? 'exec format error' : 'no such file or directory';
    return {
      message:
        interpreter === ''
          ? 'The #! line names no interpreter'
          : `The #! line names "${interpreter}" without its folder`,
      effect: failsToStart(subject, forkFailure(subject, path, reason)),
      hint: `Write #!/usr/bin/env ${interpreter || 'python3'}`,
    };
  }
  if (
    interpreter.endsWith('/env') &&
    argument &&
    /\s/.test(argument) &&
    !argument.startsWith('-')
  ) {
    return {
      message: `Linux passes "${argument}" to env as one word`,
      effect: failsHandshake(subject, `env finds no program called "${argument}"`),
      hint: `Write #!${interpreter} -S ${argument}`,
    };
  }
  return scriptProgram(shebang) === 'bash' ? bash() : null;
}

function bash(): Judgement {
  return {
    severity: 'warning',
    message: "The script needs bash, which eKuiper's Alpine images do not have",
    effect: 'In the default image the plugin cannot be started: "no such file or directory"',
    hint: 'Write it for #!/bin/sh',
  };
}
