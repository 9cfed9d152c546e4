import { fileWord } from '../../../model/shell-word.ts';
import type { PluginView } from '../../../model/view.ts';
import { fileOf, firstOf, problemsOf, type Report, type Rule } from '../../engine/rule.ts';
import { counted } from '../../engine/words.ts';

export const zipAmbiguous: Rule = {
  id: 'zip-ambiguous',
  severity: 'error',
  explanation: {
    means:
      'Two programs that read this zip find different files in it: two tables of contents, a count or size that does ' +
      'not agree with the entries, entries on the same bytes, or a header that contradicts the table of contents.',
    why:
      'eKuiper unpacks what Go finds, and runs its install.sh. What unzip, a scanner or a person saw in the same file may ' +
      'be something else. No packing program makes such a zip by itself: it is damaged, or made to deceive. ' +
      'kplugin reads it as eKuiper does, and refuses it.',
    issues: [],
    bad: 'probe.zip, with a zip64 record that names another table of contents',
    good: 'kplugin pack -o probe.zip',
  },
  check(subject) {
    const details = new Map<string, string[]>();
    for (const problem of problemsOf(subject, 'ambiguous', 'overlap')) {
      const file = fileOf(subject, problem);
      details.set(file, [...(details.get(file) ?? []), problem.detail]);
    }
    return firstOf(Array.from(details, ([file, found]) => reportOn(file, found, subject.view)));
  },
};

/** One contradiction often causes others: only the first is reported. */
function reportOn(
  file: string,
  [first = '', ...others]: readonly string[],
  view: PluginView,
): Report {
  const count = counted(others.length, 'more contradiction', 'more contradictions');
  const also =
    others.length === 0
      ? ''
      : ` (${count}; kplugin inspect --list ${view.isPiped === true ? '-' : fileWord(view.label)} shows all)`;
  return {
    file,
    message: `This zip can be read in two ways: ${first}${also}`,
    effect: 'What eKuiper unpacks and runs may not be what other programs show of this package',
    hint: 'Do not install it. Get the package again from where it was made, or pack it from the project',
  };
}
