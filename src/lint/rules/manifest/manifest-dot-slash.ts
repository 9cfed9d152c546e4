import type { Report, Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';
import { strayManifests } from '../../subject/find-manifest.ts';

/** `zip -r x.zip ./*` and tools like `tar` write `./x.json`. */
export const manifestDotSlash: Rule = {
  id: 'manifest-dot-slash',
  severity: 'error',
  explanation: {
    means:
      'The manifest is in the root of the package, but its entry is written with ./ in front, or in another way that ' +
      'leads there: a/../probe.json.',
    why:
      'Every eKuiper compares the raw entry name with <name>.json. Other names are cleaned from 2.1.3 on; ' +
      'the name of the manifest never is.',
    issues: ['#3458'],
    bad: 'probe.zip\n  ./probe.json\n  ./main.py',
    good: 'probe.zip\n  probe.json\n  main.py',
  },
  check(subject): Report[] {
    const { view } = subject;
    if (view.form !== 'zip') return [];
    const found = strayManifests(view).find(
      ({ fault, name }) =>
        fault === 'dot-slash' &&
        (subject.name === null || name === subject.name) &&
        !view.entries.some(({ rawName }) => rawName === `${name}.json`),
    );
    if (found === undefined) return [];
    return [
      {
        file: found.entry.path,
        message: `The manifest's entry is named "${found.entry.rawName}" instead of "${found.name}.json"`,
        effect: refused(
          `missing or invalid json file ${found.name}.json, found ${view.entries.length} files in total`,
        ),
        hint: repack('it writes clean names'),
      },
    ];
  },
};
