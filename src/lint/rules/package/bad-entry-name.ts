import { has } from '../../../model/behaviours.ts';
import type { ViewProblem } from '../../../model/view.ts';
import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import type { Subject } from '../../subject/subject.ts';

export const badEntryName: Rule = {
  id: 'bad-entry-name',
  severity: 'error',
  explanation: {
    means:
      'A file name is empty or holds a zero byte, holds control characters, or cannot exist on Windows. The latter two are ' +
      'an error in a project, where kplugin pack writes no such name, and a warning in a zip.',
    why:
      'Linux has no file without a name or with a zero byte in it. eKuiper makes files of any other name; but control ' +
      'characters can deceive whoever reads a log or a terminal.',
    issues: [],
    bad: 'data\\n.json    aux.py    what?.txt',
    good: 'data.json     auxiliary.py    what.txt',
  },
  check(subject) {
    const reports = problemsOf(subject, 'bad-name').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        // Pack does not write such a name from a project.
        ...(subject.view.form === 'zip' && isTaken(problem) && { severity: 'warning' }),
        message: `The file name is bad: ${problem.detail}`,
        effect: effectOf(subject, problem),
        hint:
          subject.view.form === 'zip' || subject.view.from !== undefined
            ? 'Rename the file in the project that the zip was made from, and pack it again'
            : 'Rename the file, or leave it out with a line in .kpluginignore',
      }),
    );
    return firstOf(reports);
  },
};

function isTaken({ detail }: Pick<ViewProblem, 'detail'>): boolean {
  return /Windows|control character/.test(detail);
}

/** 2.4 creates one folder after the other, so the length of the whole path does not matter to it. */
function tooLong({ target }: Subject): string {
  return has(target, 'makes-one-folder')
    ? 'eKuiper refuses it, or makes it where no program can open it by its path'
    : refused('file name too long');
}

function effectOf(subject: Subject, { detail }: ViewProblem): string {
  if (subject.view.form === 'directory' && isTaken({ detail })) {
    return `kplugin pack refuses it: ${detail.includes('Windows') ? 'Windows cannot unpack or check out this file' : 'it can deceive whoever reads it in a log or terminal'}. eKuiper on Linux would take it`;
  }
  if (detail.includes('Windows')) {
    return 'eKuiper on Linux takes it; Windows cannot unpack or check out this file';
  }
  if (detail.includes('longer than')) return tooLong(subject);
  if (detail.includes('zero byte')) return refused('invalid argument');
  if (detail.includes('empty') || detail.includes('own folder')) {
    return has(subject.target, 'makes-one-folder')
      ? refused('openat .: is a directory')
      : `eKuiper ${subject.target} deletes what it unpacked of the plugin before`;
  }
  return 'eKuiper makes a file with exactly this name, which can deceive whoever reads it in a log or terminal';
}
