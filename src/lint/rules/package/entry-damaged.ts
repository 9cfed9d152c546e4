import { fileOf, firstOf, problemsOf } from '../../problems.ts';
import type { Report, Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';
import { refused } from '../../words.ts';

/** A package beyond that is not read whole to look for damage: kplugin inspect does. Bytes unpacked. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 500;

export const entryDamaged: Rule = {
  id: 'entry-damaged',
  severity: 'error',
  explanation: {
    means:
      'A file of the package or project cannot be read: its data is damaged, or the system refuses.',
    why: 'eKuiper unpacks every entry and gives up at the first that does not unpack to what its checksum says.',
    issues: [],
    bad: 'probe.zip, with one byte changed',
    good: 'unzip -t probe.zip\n  No errors detected',
  },
  async check(subject) {
    const zip = subject.view.form === 'zip';
    if (zip) await readAll(subject);
    const reports = problemsOf(subject, 'unreadable').map(
      (problem): Report => ({
        file: fileOf(subject, problem),
        message: `${zip ? 'The entry' : 'The file'} cannot be read: ${problem.detail}`,
        effect: zip
          ? refused('zip: checksum error" or "flate: corrupt input')
          : 'It cannot be packed, so eKuiper will not get it',
        hint: zip ? 'Make or download the package again' : 'Mend or remove it',
      }),
    );
    return firstOf(subject, reports);
  },
};

/** Reading an entry whole checks it; the view adds what is damaged to its problems. */
async function readAll({ view }: Subject): Promise<void> {
  if (view.problems.some(({ entry }) => entry === null)) return;
  let left = MOST_BYTES;
  for (const { path, kind, size } of view.entries.slice(0, MOST_FILES)) {
    if (kind !== 'file' || size > left) continue;
    left -= size;
    await view.read(path, size);
  }
}
