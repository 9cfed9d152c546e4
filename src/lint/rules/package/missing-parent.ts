import { has } from '../../../model/behaviours.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { counted, refused, repack } from '../../engine/words.ts';
import { isSymbolPath } from '../../subject/entries.ts';
import type { Subject } from '../../subject/subject.ts';
import { missingParents } from '../../subject/unpacking.ts';

export const missingParent: Rule = {
  id: 'missing-parent',
  severity: 'error',
  explanation: {
    means:
      'A file lies two or more folders deep, and the package has no entry for the folder above before it.',
    why:
      'eKuiper 2.4 makes one directory level per entry, in the order of the zip. Before, it made all of them. ' +
      "yazl, fflate, archiver.append, zip.js, zip -D and Python's zipfile.write leave folder entries out.",
    issues: ['#3950'],
    bad: 'probe.zip\n  models/v1/m.onnx',
    good: 'probe.zip\n  models/\n  models/v1/\n  models/v1/m.onnx',
  },
  check(subject): Report[] {
    if (subject.view.form !== 'zip' || !has(subject.target, 'makes-one-folder')) return [];
    const faults = missingParents(subject.view.entries);
    const [first] = faults;
    if (first === undefined) return [];
    const { entry, folder, missing } = first;
    const more = faults.length - 1;
    return [
      {
        file: entry.path,
        message: `The folder ${missing}/ ${whenMissing(subject, missing)}${
          more > 0
            ? `; ${counted(more, 'more folder has', 'more folders have')} the same fault`
            : ''
        }`,
        effect: refused(`mkdirat ${folder}: no such file or directory`),
        hint: isSymbolPath(entry.path)
          ? 'Move folders out of sources/, sinks/ and functions/: eKuiper needs none there'
          : repack('it writes every folder before what is in it'),
      },
    ];
  },
};

function whenMissing({ view }: Subject, missing: string): string {
  const later = view.entries.some(({ path, kind }) => path === missing && kind === 'directory');
  return later ? 'comes after a file that lies in it' : 'has no entry before this file';
}
