import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { strayManifests } from '../../subject/find-manifest.ts';

export const manifestExtensionCase: Rule = {
  id: 'manifest-extension-case',
  severity: 'error',
  explanation: {
    means: 'A file in the root ends in .JSON or .Json, and there is no <name>.json.',
    why: 'Every eKuiper compares entry names byte by byte; the letter case of .json counts.',
    issues: ['#2175'],
    bad: 'probe.zip\n  probe.JSON',
    good: 'probe.zip\n  probe.json',
  },
  check(subject): Report[] {
    const { view } = subject;
    const found = strayManifests(view).find(({ fault }) => fault === 'extension-case');
    if (found === undefined || subject.manifest?.path.endsWith('.json')) return [];
    return [
      {
        file: found.entry.path,
        message: `The manifest is called ${found.entry.path}; the letter case of ".json" counts`,
        effect: refused(
          `missing or invalid json file ${found.name}.json, found ${view.entries.length} files in total`,
        ),
        hint: `Rename it to ${found.name}.json`,
      },
    ];
  },
};
