import { hasUtf8Mark } from '../../../model/json/bytes.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { programOf } from '../../executable/program.ts';
import { shellCommands } from '../../shell/shell-commands.ts';
import { shellScripts } from '../../shell/shell-scripts.ts';
import { saveWithoutMark } from '../../subject/encoding.ts';
import { OWN_FILES } from '../../subject/entries.ts';
import type { TextFile } from '../../subject/subject.ts';

export const shellByteOrderMark: Rule = {
  id: 'shell-byte-order-mark',
  severity: 'warning',
  explanation: {
    means:
      'install.sh or another shell script (.sh, .bash, or a #! line that names a shell) is UTF-8 with a byte-order mark, ' +
      'as some Windows editors write it. For install.sh this is an error where the install fails for certain. The first ' +
      `${OWN_FILES.files} scripts of up to ${OWN_FILES.bytes / 1024} KiB are looked at; folders of libraries and tests are not.`,
    why:
      'A shell takes the mark for a part of the first word: #!, a comment or a command in the first line is "not found", ' +
      'and a keyword there is a syntax error. Other lines run. When install.sh ends with an error, eKuiper refuses the ' +
      'install. A script that Linux starts itself has no #! line then: "exec format error".',
    issues: [],
    bad: 'EF BB BF 23 21 2F 62 69 6E …   (#!/bin … with BOM)',
    good: '23 21 2F 62 69 6E …            (#!/bin …)',
  },
  async check(subject): Promise<Report[]> {
    const program = await programOf(subject);
    // The program itself is judged by program-not-runnable; Python takes the mark.
    const scripts = (await shellScripts(subject)).filter(({ path }) => path !== program?.path);
    return scripts.filter(({ bytes }) => hasUtf8Mark(bytes)).map(report);
  },
};

function report({ path, source }: TextFile): Report {
  const failure = failureOf(source.text.slice(1));
  return {
    file: path,
    at: { start: 0, end: 1 },
    message: 'The script begins with a byte-order mark',
    ...(failure === null ? { effect: effectOn(source.text) } : failed(path, failure)),
    hint: saveWithoutMark(path),
  };
}

interface Failure {
  readonly status: number;
  readonly reason: string;
}

function failed(path: string, { status, reason }: Failure): Pick<Report, 'severity' | 'effect'> {
  return path === 'install.sh'
    ? { severity: 'error', effect: `${refused(`err:exit status ${status} …`)}; ${reason}` }
    : { effect: `The script ends with exit status ${status}; ${reason}` };
}

/** How the script ends for certain; null where it depends on the commands that follow. */
function failureOf(rest: string): Failure | null {
  if (KEYWORD.test(rest)) {
    const reason =
      'the shell takes the mark for a part of the keyword in the first line ("Syntax error")';
    return { status: 2, reason };
  }
  if (rest.length > LONGEST_COMMAND) return null;
  // With the mark in front nothing is a comment: a letter stands for it.
  const [only, ...more] = shellCommands(`x${rest}`);
  const isSure = more.length === 0 && !only?.mayFail && !DEPENDS.test(rest);
  if (!isSure) return null;
  const reason = 'the shell takes the mark for a part of the only command ("not found")';
  return { status: 127, reason };
}

/** A script of one command is not longer; a hundred long ones are not to be read for it. */
const LONGEST_COMMAND = 4096;

/** What may make it more than one command that is not found; in what was a comment, quotes and their like begin a text. */
const DEPENDS = /[&;|]|\(\)|^#[^\n]*['"`$()]/;

/** What belongs to each stands on the same or the next line, and is a syntax error without it. */
const KEYWORD = /^(?:if|for|while|until|case)(?:[ \t]|\r?\n)|^\((?![ \t]*\))/;

function effectOn(text: string): string {
  const [line = ''] = text.slice(1).split('\n', 1);
  if (line.startsWith('#!')) {
    return 'Linux does not see the #! line, and the shell takes it for a command: "not found" on stderr; the other lines run';
  }
  return line.trim() === '' || line.startsWith('#')
    ? 'The shell takes the first line for a command: "not found" on stderr'
    : 'The shell takes the mark for a part of the first word: "not found", and what the first command was to do is not done';
}
