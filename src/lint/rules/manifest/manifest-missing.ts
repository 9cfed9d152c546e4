import { PLUGIN_NAME } from '../../../model/names.ts';
import { TEXT_LIMITS } from '../../../model/text-limits.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { mayBeManifest, strayManifests } from '../../subject/find-manifest.ts';
import { nativeLibrary } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

/** No file can be the manifest, and no other rule reports one at a wrong path. */
export const manifestMissing: Rule = {
  id: 'manifest-missing',
  severity: 'error',
  explanation: {
    means: 'There is no JSON file in the root of the plugin that could be its manifest.',
    why:
      'Every eKuiper looks for an entry called exactly <name>.json, where <name> is the name in the request, and ' +
      'reads language, executable and symbols from it.',
    issues: ['#2175', '#3458'],
    bad: 'probe.zip\n  main.py\n  sources/temperature.yaml',
    good: 'probe.zip\n  probe.json\n  main.py\n  sources/temperature.yaml',
  },
  check(subject): Report[] {
    const { view } = subject;
    if (subject.manifest !== null || isUnreadable(subject)) return [];
    if (nativeLibrary(subject) !== null || strayManifests(view).length > 0) return [];
    const name = likelyName(view.label);
    return [
      {
        file: view.label,
        message: `There is no manifest: no ${name}.json in the root`,
        effect: refused(
          `missing or invalid json file ${name}.json, found ${view.entries.length} files in total`,
        ),
        hint: `Add ${name}.json beside the executable; kplugin init writes a whole plugin`,
      },
    ];
  },
};

/** `dist/probe-1.0.0.zip` → `probe`; `<name>` when the result is not a valid name. */
function likelyName(label: string): string {
  const last = label.split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/\.zip$/i, '').replace(/-v?\d.*/s, '');
  return PLUGIN_NAME.test(name) ? name : '<name>';
}

/** The manifest may exist: another rule reports what makes it unreadable. */
function isUnreadable({ view }: Subject): boolean {
  const isLong = view.entries.some(
    ({ path, size }) => size > TEXT_LIMITS.textFile && mayBeManifest(path),
  );
  // What is untidy is read all the same.
  const serious = view.problems.filter(({ kind }) => kind !== 'untidy');
  return isLong || serious.some(({ entry }) => entry === null || /^[^/]+\.json$/.test(entry));
}
