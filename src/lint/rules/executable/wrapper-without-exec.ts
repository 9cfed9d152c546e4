import type { Report, Rule } from '../../engine/rule.ts';
import { scriptProgram } from '../../executable/executable-header.ts';
import { programOf } from '../../executable/program.ts';
import { maskScript } from '../../shell/mask.ts';
import { shellCommands } from '../../shell/shell-commands.ts';

const SHELLS = ['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh'];
const EXEC = /(^|[;&|({]|\b(?:then|else|do)\b)[ \t]*exec[ \t]+(?!\d*[<>&])\S/m;
/** Size limit: a longer file holds data, as self-extracting archives do. */
const MOST_CHARACTERS = 256 * 1024;

export const wrapperWithoutExec: Rule = {
  id: 'wrapper-without-exec',
  severity: 'warning',
  explanation: {
    means: 'The program is a shell script that starts the real one without "exec".',
    why:
      'On every delete, update and restart eKuiper kills its direct child only, the shell. The real program lives on, ' +
      'keeps the sockets in /tmp, and the next process of the plugin fails beside it.',
    issues: ['#1414'],
    bad: '#!/bin/sh\n./venv/bin/python main.py "$@"',
    good: '#!/bin/sh\nexec ./venv/bin/python main.py "$@"',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    if (program?.runs !== 'itself' || program.header.format !== 'script') return [];
    if (!SHELLS.includes(scriptProgram(program.header))) return [];
    const file = await subject.text(program.path);
    if (!file || file.source.text.length > MOST_CHARACTERS) return [];
    if (EXEC.test(maskScript(file.source.text).expanded)) return [];
    if (!startsProgram(file.source.text)) return [];
    return [
      {
        file: program.path,
        at: { start: 0, end: 2 },
        message: 'The shell script starts the program without "exec"',
        effect:
          'eKuiper kills the shell only: the program lives on after a delete or update and keeps its sockets',
        hint: 'Write exec in front of the command that runs the program: exec ./program "$@"',
      },
    ];
  },
};

/** Commands that the shell runs itself, without another program (POSIX.1-2017 XCU 2.14, and additions of shells). */
const BUILT_IN: ReadonlySet<string> = new Set(
  (
    ': [ [[ alias break case cd continue declare echo exit export false for getopts hash kill let local printf pwd ' +
    'read readonly return set shift test trap true type typeset ulimit umask unalias unset wait'
  ).split(' '),
);

/** Whether there is a command that is not a builtin of the shell, or a construct that may run one. */
function startsProgram(script: string): boolean {
  return shellCommands(script).some(({ words, redirections }) => {
    const texts = words.map(({ text }) => text);
    const all = [...texts, ...redirections.map(({ target }) => target.text)];
    if (all.some((text) => /[`]|\$\(/.test(text))) return true;
    const command = texts.find((text) => !/^\w+\+?=/.test(text));
    return command !== undefined && !BUILT_IN.has(command);
  });
}
