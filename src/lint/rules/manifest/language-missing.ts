import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

export const languageMissing: Rule = {
  id: 'language-missing',
  severity: 'error',
  explanation: {
    means: 'The manifest does not say in which language the plugin is written.',
    why:
      'Every eKuiper needs "language" to know how to start the plugin: "python" runs the executable with its Python, ' +
      '"go" runs the executable itself, whatever it was written in.',
    issues: ['#1636'],
    bad: '{ "executable": "main.py", … }',
    good: '{ "language": "python", "executable": "main.py", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (!manifest?.isText('language') || manifest.info.language !== '') return [];
    const written = manifest.member('language') !== null;
    return [
      {
        file: manifest.path,
        at: manifest.at('language'),
        message: written ? '"language" is empty' : 'The manifest has no "language"',
        effect: refused('invalid plugin, missing language'),
        hint: 'Write "language": "python", or "go" for any program that runs by itself',
      },
    ];
  },
};
