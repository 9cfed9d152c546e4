import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake, failsToStart } from '../../engine/words.ts';
import {
  LINE_BYTES,
  readShebang,
  type Shebang,
  scriptProgram,
} from '../../executable/executable-header.ts';
import { forkFailure, programOf } from '../../executable/program.ts';
import { executablePath } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

const MOST_SCRIPTS = 50;

export const shebangCrlf: Rule = {
  id: 'shebang-crlf',
  severity: 'error',
  explanation: {
    means:
      'The #! line of a script that is run by itself ends in CRLF, as Windows writes it. For other scripts than the ' +
      'program this is a warning.',
    why:
      "Linux takes the carriage return for a part of the interpreter's name, or of the program's that env is to find, and " +
      'does not find it. Python files that eKuiper\'s Python reads ("language": "python") may have CRLF.',
    issues: [],
    bad: '#!/usr/bin/env python3\\r\\n',
    good: '#!/usr/bin/env python3\\n',
  },
  async check(subject): Promise<Report[]> {
    return [...(await inProgram(subject)), ...(await inOtherScripts(subject))];
  },
};

const AT = { start: 0, end: 2 };
const MESSAGE = 'The #! line ends in CRLF';
const HINT = 'Save the file with LF line ends; in git: *.sh text eol=lf in .gitattributes';

async function inProgram(subject: Subject): Promise<Report[]> {
  const program = await programOf(subject);
  if (program?.runs !== 'itself') return [];
  const { header, path } = program;
  if (header.format !== 'script' || !header.crlf) return [];
  // The carriage return belongs to the last word: with an argument, the interpreter itself is found and started.
  const effect =
    header.argument === null
      ? failsToStart(subject, forkFailure(subject, path, 'no such file or directory'))
      : failsHandshake(subject, reasonOf(header));
  return [{ file: path, at: AT, message: MESSAGE, effect, hint: HINT }];
}

function reasonOf(header: Shebang): string {
  const { interpreter } = header;
  return interpreter.endsWith('/env')
    ? `env does not find "${scriptProgram(header)}\\r", so the process ends`
    : `${interpreter} gets an argument that ends with a carriage return`;
}

/** Scripts that the program or install.sh may execute; the `#!` line of a Python module has no effect. */
async function inOtherScripts(subject: Subject): Promise<Report[]> {
  const executable = executablePath(subject);
  const scripts = subject.view.entries
    .filter(({ path, kind }) => kind === 'file' && path !== executable && path !== 'install.sh')
    .filter(({ path, mode }) => /\.sh$/.test(path) || (!/\.\w+$/.test(path) && isRun(mode)))
    .slice(0, MOST_SCRIPTS);
  const starts = await Promise.all(scripts.map(({ path }) => subject.view.read(path, LINE_BYTES)));
  return scripts
    .filter((_, index) => readShebang(starts[index] ?? new Uint8Array())?.crlf)
    .map(({ path }) => ({
      file: path,
      at: AT,
      severity: 'warning',
      message: MESSAGE,
      effect: 'Whoever runs this script by its name gets "no such file or directory"',
      hint: HINT,
    }));
}

function isRun(mode: number | null): boolean {
  return ((mode ?? 0) & 0o100) !== 0;
}
