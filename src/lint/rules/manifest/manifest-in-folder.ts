import type { Report, Rule } from '../../engine/rule.ts';
import { refused, repack } from '../../engine/words.ts';
import { strayManifests, wrappingFolder } from '../../subject/find-manifest.ts';

/** A frequent mistake: the folder was zipped instead of its content. */
export const manifestInFolder: Rule = {
  id: 'manifest-in-folder',
  severity: 'error',
  explanation: {
    means: 'The whole plugin lies in one folder inside the package, and its manifest with it.',
    why:
      'Every eKuiper compares entry names with <name>.json byte by byte, so pysam/pysam.json is not found. ' +
      'Zipping a folder instead of its content is the mistake that users report most often.',
    issues: ['#1641', '#2175', '#3458'],
    bad: 'pysam.zip\n  pysam/pysam.json\n  pysam/pysam.py',
    good: 'pysam.zip\n  pysam.json\n  pysam.py',
  },
  check(subject): Report[] {
    const { view } = subject;
    const stray = strayManifests(view).filter(({ fault }) => fault === 'in-folder');
    const folder = wrappingFolder(view);
    const named = stray.find(({ name }) => name === folder) ?? stray[0];
    if (subject.manifest !== null || named === undefined) return [];
    return [
      {
        file: named.entry.path,
        message: `Everything lies in the folder ${folder}/, the manifest too; it must be in the root`,
        effect: refused(
          `missing or invalid json file ${named.name}.json, found ${view.entries.length} files in total`,
        ),
        hint:
          view.form === 'zip'
            ? repack('it takes the folder away')
            : `Run the command on ${folder}/ instead`,
      },
    ];
  },
};
