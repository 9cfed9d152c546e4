import type { Report, Rule } from '../../engine/rule.ts';
import { failsHandshake, failsToStart } from '../../engine/words.ts';
import type { ExecutableHeader } from '../../executable/executable-header.ts';
import { forkFailure, programOf } from '../../executable/program.ts';
import { saveWithoutMark } from '../../subject/encoding.ts';
import type { Subject } from '../../subject/subject.ts';

export const programNotRunnable: Rule = {
  id: 'program-not-runnable',
  severity: 'error',
  explanation: {
    means:
      'The executable is empty; or the language is "go" and the file is neither a program nor a script with #! in its ' +
      'very first bytes.',
    why:
      'With "language": "go" eKuiper executes the file itself. Linux then needs an ELF header or #!; no shell steps in. ' +
      'A byte-order mark in front of #! hides it. With "language": "python" an empty file starts and ends at once.',
    issues: [],
    bad: '{ "language": "go", "executable": "main.py" }\nimport sys',
    good: '{ "language": "go", "executable": "main.py" }\n#!/usr/bin/env python3\nimport sys',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    if (program === null) return [];
    const { path, runs, header } = program;
    const fault = faultOf(header, runs);
    if (fault === null) return [];
    const effect =
      runs === 'python'
        ? failsHandshake(subject, 'The process ends at once')
        : failsToStart(subject, forkFailure(subject, path, 'exec format error'));
    return [{ file: path, message: fault, effect, hint: hintFor(subject, path, header) }];
  },
};

function faultOf(header: ExecutableHeader, runs: 'itself' | 'python'): string | null {
  if (header.format === 'empty') return 'The executable is an empty file';
  if (runs === 'python') return null;
  if (header.format === 'elf') {
    return header.type === 'relocatable'
      ? 'The executable is an object file, not linked yet'
      : null;
  }
  if (header.format !== 'unknown') return null;
  return header.byteOrderMark
    ? 'The script starts with a byte-order mark, which hides its #! line'
    : 'The executable is neither a Linux program nor a script with a #! line';
}

function hintFor({ view }: Subject, path: string, header: ExecutableHeader): string {
  if (header.format === 'empty') return 'Put the program into it';
  if (header.format === 'elf')
    return 'Link it: go build instead of go tool compile, gcc without -c';
  if (header.format === 'unknown' && header.byteOrderMark) return saveWithoutMark(path);
  if (path.endsWith('.py')) {
    return 'Write "language": "python", or begin the file with #!/usr/bin/env python3';
  }
  if (/\.[cm]?ts$/.test(path)) {
    return 'Bundle it into one file of JavaScript with #!/usr/bin/env node, and name that (kplugin init --language typescript)';
  }
  if (/\.[cm]?js$/.test(path)) return 'Begin the file with #!/usr/bin/env node';
  if (path.endsWith('.go')) return 'Build it and name the program, not its source';
  return view.form === 'zip'
    ? 'Put the built program into the package, or begin a script with a #! line'
    : 'Build the program, or begin the script with a #! line';
}
