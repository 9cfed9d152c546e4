import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

export const executableMissing: Rule = {
  id: 'executable-missing',
  severity: 'error',
  explanation: {
    means: 'The manifest does not say which file of the plugin is its program.',
    why: 'Every eKuiper starts exactly one file per plugin and refuses a manifest that names none.',
    issues: [],
    bad: '{ "language": "python", "executable": "", … }',
    good: '{ "language": "python", "executable": "main.py", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (!manifest?.isText('executable') || manifest.info.executable !== '') return [];
    const written = manifest.member('executable') !== null;
    return [
      {
        file: manifest.path,
        at: manifest.at('executable'),
        message: written ? '"executable" is empty' : 'The manifest has no "executable"',
        effect: refused('invalid plugin, missing executable'),
        hint: 'Write "executable": "<the program\'s file, as it is called in the package>"',
      },
    ];
  },
};
