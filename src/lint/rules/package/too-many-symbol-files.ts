import { isSymbolPath } from '../../entries.ts';
import { isRootJson, MOST_ROOT_FILES } from '../../find-manifest.ts';
import { MOST_SYMBOL_FILES } from '../../read-subject.ts';
import type { Report, Rule } from '../../rule.ts';

export const tooManySymbolFiles: Rule = {
  id: 'too-many-symbol-files',
  severity: 'warning',
  explanation: {
    means:
      'There are more than 2,000 JSON or YAML files in sources/, sinks/ and functions/, or JSON files in the root.',
    why:
      'eKuiper reads each file that describes symbols when it starts. kplugin checks the first 2,000 of each kind and says nothing of the ' +
      'others: this limit is its own, so that every check ends within seconds.',
    issues: [],
    bad: 'functions/ with 60,000 files',
    good: 'functions/ with a file for each group of functions',
  },
  check({ view }): Report[] {
    const paths = view.entries.flatMap(({ kind, path }) => (kind === 'file' ? [path] : []));
    const symbols = paths.filter(isSymbolPath);
    const counts = [
      {
        what: 'files .json lie in sources/, sinks/ and functions/',
        of: symbols.filter(endsWith('.json')),
        most: MOST_SYMBOL_FILES,
      },
      {
        what: 'files .yaml lie in sources/, sinks/ and functions/',
        of: symbols.filter(endsWith('.yaml')),
        most: MOST_SYMBOL_FILES,
      },
      { what: 'files .json lie in the root', of: paths.filter(isRootJson), most: MOST_ROOT_FILES },
    ];
    return counts.flatMap(({ what, of, most }) =>
      of.length <= most
        ? []
        : [
            {
              file: view.label,
              message: `${of.length} ${what}`,
              effect: `kplugin looks at the first ${most} of them only`,
              hint: 'Leave out what belongs to no symbol of this plugin',
            },
          ],
    );
  },
};

function endsWith(extension: string): (path: string) => boolean {
  return (path) => path.endsWith(extension);
}
