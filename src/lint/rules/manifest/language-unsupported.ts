import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

const KNOWN = ['go', 'python'];

export const languageUnsupported: Rule = {
  id: 'language-unsupported',
  severity: 'error',
  explanation: {
    means: '"language" is something else than exactly "go" or "python".',
    why:
      'No eKuiper knows another word, and letter case counts. "go" means: run the executable itself. ' +
      'That serves every language that makes a program, and scripts with a #! line.',
    issues: ['#1118', '#1636'],
    bad: '{ "language": "Python", … }',
    good: '{ "language": "python", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const language = manifest?.info.language ?? '';
    if (manifest === null || language === '' || KNOWN.includes(language)) return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('language'),
        message: `"language" is "${language}"; eKuiper knows "go" and "python" only`,
        effect: refused(`invalid plugin, language '${language}' is not supported`),
        hint: hintFor(language),
      },
    ];
  },
};

function hintFor(language: string): string {
  const meant = language.trim().toLowerCase();
  if (meant === 'golang') return 'Write "go"';
  if (/^(py|python\d[\d.]*)$/.test(meant)) return 'Write "python"';
  if (/^(typescript|javascript|ts|js|node(js)?)$/.test(meant)) {
    return 'Write "go", and begin the program with #!/usr/bin/env node: eKuiper then runs the file itself';
  }
  if (KNOWN.includes(meant)) return `Write "${meant}": letter case and spaces count`;
  return 'Write "go": eKuiper then runs the executable itself, whatever it was written in';
}
