import type { Report, Rule } from '../../engine/rule.ts';
import { firstFiles } from '../../subject/entries.ts';
import { rootFilesIn } from '../../subject/find-manifest.ts';
import { symbolFilesIn, yamlFilesIn } from '../../subject/read-subject.ts';

export const tooManySymbolFiles: Rule = {
  id: 'too-many-symbol-files',
  severity: 'warning',
  explanation: {
    means:
      'There are more than 500 files that describe symbols (.json), configure sources (.yaml) or may be the manifest, or ' +
      'more than 2 MiB of a kind.',
    why:
      'eKuiper reads each file that describes symbols when it starts. kplugin checks the first 500 of each kind, or the first ' +
      '2 MiB, and says nothing of the others: this limit is its own, so that every check ends within seconds.',
    issues: [],
    bad: 'functions/ with 60,000 files',
    good: 'functions/ with a file for each group of functions',
  },
  check({ view }): Report[] {
    const kinds = [
      { what: '.json lie in sources/, sinks/ and functions/', files: symbolFilesIn(view) },
      { what: '.yaml lie in sources/', files: yamlFilesIn(view) },
      { what: '.json lie in the root', files: rootFilesIn(view) },
    ];
    return kinds.flatMap(({ what, files }) => {
      const read = firstFiles(files).length;
      if (read === files.length) return [];
      return [
        {
          file: view.label,
          message: `${files.length} files ${what}; kplugin checks the first ${read}`,
          effect: `This limit is kplugin's own: problems in the others are not reported`,
          hint: 'Leave out what belongs to no symbol of this plugin; one file in functions/ may describe many functions',
        },
      ];
    });
  },
};
