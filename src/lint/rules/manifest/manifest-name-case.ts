import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

/** `Probe.json` in `probe.zip`: valid, but only under the name `Probe`. */
export const manifestNameCase: Rule = {
  id: 'manifest-name-case',
  severity: 'warning',
  explanation: {
    means:
      'The manifest and the package (or project folder) have the same name but for the letter case.',
    why:
      'The plugin is called as its manifest file is. Whoever installs it under the name of the package gets ' +
      '"missing or invalid json file", from every eKuiper.',
    issues: ['#2175'],
    bad: 'probe.zip\n  Probe.json',
    good: 'probe.zip\n  probe.json',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const { name, view } = subject;
    if (manifest === null || name === null) return [];
    const label = view.label.split(/[/\\]/).at(-1) ?? '';
    const called = label.slice(0, name.length);
    const rest = label.slice(name.length);
    const sameButCase = called !== name && called.toLowerCase() === name.toLowerCase();
    if (!sameButCase || !/^([-_.@]v?\d.*)?(\.zip)?$/i.test(rest)) return [];
    return [
      {
        file: manifest.path,
        message: `The plugin is called "${name}" after its manifest, but ${label} is called "${called}"`,
        effect: `Asked for "${called}", ${refused(
          `missing or invalid json file ${called}.json, found ${view.entries.length} files in total`,
        )}`,
        hint: `Rename ${manifest.path} to ${called}.json, or ask for "${name}"`,
      },
    ];
  },
};
