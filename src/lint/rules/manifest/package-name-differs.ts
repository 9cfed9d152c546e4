import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

/** `mirror.zip` with `mirror2.json`, as in eKuiper's own sample. */
export const packageNameDiffers: Rule = {
  id: 'package-name-differs',
  severity: 'info',
  explanation: {
    means: 'The zip is called otherwise than the plugin in it.',
    why:
      'The plugin is called as its manifest file is; the name of the zip counts for nothing. Whoever takes the ' +
      'name from the zip gets "missing or invalid json file" from every eKuiper. kplugin install asks for the right one.',
    issues: ['#2175', '#3458'],
    bad: 'mirror.zip\n  mirror2.json',
    good: 'mirror2.zip\n  mirror2.json',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const { name, view } = subject;
    const label = view.label.split(/[/\\]/).at(-1) ?? '';
    if (manifest === null || name === null || !/\.zip$/i.test(label)) return [];
    // manifest-name-case reports a difference in letter case only.
    if (label.toLowerCase().startsWith(name.toLowerCase()) && !goesOn(label, name)) return [];
    const called = label.replace(/\.zip$/i, '');
    return [
      {
        file: manifest.path,
        message: `The plugin is called "${name}" after its manifest, and the zip ${label}`,
        effect: `Asked for "${called}", ${refused(
          `missing or invalid json file ${called}.json, found ${(view.from ?? view).entries.length} files in total`,
        )}`,
        hint: `Ask for "${name}", as kplugin install does, or call the zip ${name}.zip`,
      },
    ];
  },
};

/** Whether the label continues the name with a word character: `probes.zip` is not `probe`, `probe-1.0.zip` is. */
function goesOn(label: string, name: string): boolean {
  return /^\w/.test(label.slice(name.length));
}
