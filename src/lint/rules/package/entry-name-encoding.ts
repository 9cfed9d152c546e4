import { textBytes } from '../../../model/byte-text.ts';
import { otherReadings, readNameIn } from '../../../model/encoding/detect.ts';
import { fileWord, shellWordOr } from '../../../model/shell-word.ts';
import type { PluginView, ViewProblem } from '../../../model/view.ts';
import {
  fileOf,
  firstOf,
  problemsOf,
  type Repair,
  type Report,
  type Rule,
} from '../../engine/rule.ts';
import { repack } from '../../engine/words.ts';

export const entryNameEncoding: Rule = {
  id: 'entry-name-encoding',
  severity: 'warning',
  explanation: {
    means:
      'The name of a file is not in UTF-8: the program that made the zip, or copied the file, wrote it in the code page ' +
      'of its Windows. It is an error in a project, where kplugin pack writes no such name, and a warning in a zip.',
    why:
      'eKuiper makes a file whose name has exactly these bytes. A program on Linux opens a name in UTF-8, which has other ' +
      'bytes, and does not find the file.',
    issues: [],
    bad: 'The Explorer of a Chinese Windows ("Compressed folder") with 模型.onnx in it',
    good: 'kplugin pack --from probe.zip -o fixed.zip',
  },
  check(subject) {
    const { view } = subject;
    const reports = problemsOf(subject, 'foreign-name').map(
      (problem): Report =>
        view.form === 'directory' && view.from === undefined
          ? inProject(problem)
          : {
              file: fileOf(subject, problem),
              message: `The name of this entry cannot be read: ${problem.detail}${alsoText(problem, view)}`,
              effect: AS_IT_IS,
              hint: rewrite(problem.encodings ?? []),
            },
    );
    return firstOf(reports);
  },
};

const AS_IT_IS =
  'eKuiper makes a file with exactly these bytes as its name; a program that opens the name in UTF-8 does not find it';

/** Pack writes no guess: the program would find the file on the box and not in the project, or the other way round. */
function inProject({ entry, detail, encodings = [] }: ViewProblem): Report {
  const path = entry ?? '';
  const at = path.lastIndexOf('/') + 1;
  const [sure, ...others] = encodings;
  const name =
    sure === undefined || others.length > 0 ? null : readNameIn(textBytes(path.slice(at)), sure);
  const to = name === null ? '<name>' : fileWord(`${path.slice(0, at)}${name}`);
  return {
    file: path,
    severity: 'error',
    message: `The name of this file cannot be read: ${detail}`,
    effect: `kplugin pack refuses it: ${AS_IT_IS}`,
    hint: `Rename it in the folder of the project: mv -n ${fileWord(path)} ${to}`,
  };
}

/** When one encoding is likely: the other encodings that can decode the name, and how to choose one. */
function alsoText({ entry, encodings }: ViewProblem, view: PluginView): string {
  const [taken, ...more] = encodings ?? [];
  if (entry === null || taken === undefined || more.length > 0) return '';
  // Each character of a name that is not UTF-8 stands for a byte.
  const others = otherReadings(Buffer.from(entry, 'latin1'), taken);
  if (others.length === 0) return '';
  const each = others.map(({ encoding, text }) => `${encoding.name}: ${JSON.stringify(text)}`);
  const [first, ...rest] = others.map(({ encoding }) => encoding.label);
  const file = view.isPiped === true ? '<file>' : fileWord(view.label);
  const or = rest.map((label) => `, or with ${label}`).join('');
  return `; they can also be ${each.join(', ')} (if so: kplugin pack --from ${file} --name-encoding ${shellWordOr(first, '<encoding>')}${or})`;
}

/** Only a person can decide which of several decoded names is right. */
function rewrite([best, ...others]: readonly string[]): Repair {
  if (best !== undefined && others.length === 0) {
    return repack('it writes the name in UTF-8');
  }
  const or = others.length > 0 ? `, or with ${others.join(' or ')}` : '';
  const flags = ` --name-encoding ${shellWordOr(best, '<encoding>')}${or}, whichever gives the right name`;
  return repack('it writes it in UTF-8', { flags });
}
