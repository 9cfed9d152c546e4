import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

export const nameMismatch: Rule = {
  id: 'name-mismatch',
  severity: 'error',
  explanation: {
    means: 'The manifest has a "name" that is not the name of its file.',
    why:
      'The name in the request picks the file <name>.json; a "name" inside must then be the same, in every eKuiper. ' +
      'It may be left out: the file name is enough.',
    issues: ['#2175'],
    bad: 'probe.json\n{ "name": "prober", … }',
    good: 'probe.json\n{ "name": "probe", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const { name } = subject;
    if (!manifest?.isText('name') || name === null || manifest.info.name === name) return [];
    const written = manifest.info.name;
    return [
      {
        file: manifest.path,
        at: manifest.at('name'),
        message: `"name" is "${written}", but the file is ${manifest.path}`,
        effect: refused(`invalid plugin, expect name '${name}' but got '${written}'`),
        hint: `Write "name": "${name}", leave the key out, or rename the file to ${written || name}.json`,
      },
    ];
  },
};
