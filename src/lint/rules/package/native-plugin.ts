import { manifestProblem, unmarshalPluginInfo } from '../../../model/plugin/manifest.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { refused } from '../../engine/words.ts';
import { nativeLibrary } from '../../subject/manifest.ts';
import type { Subject } from '../../subject/subject.ts';

export const nativePlugin: Rule = {
  id: 'native-plugin',
  severity: 'error',
  explanation: {
    means:
      'This is a native plugin: a shared object (.so) in the root, and no manifest of a portable plugin.',
    why:
      'Native plugins are loaded into eKuiper itself and go to other endpoints: /plugins/sources, /plugins/sinks and ' +
      '/plugins/functions. As a portable plugin one is refused; the other way round the answer is ' +
      '"invalid zip file: expectFiles …".',
    issues: ['#2175'],
    bad: 'kplugin install random.zip\n  random@v1.0.0.so\n  random.yaml\n  random.json',
    good: 'kplugin install probe.zip\n  probe.json\n  main.py',
  },
  check(subject): Report[] {
    const library = nativeLibrary(subject);
    if (library === null) return [];
    const name = library.replace(/\.so$/, '').replace(/@.*/s, '');
    return [
      {
        file: library,
        message: `This is a native plugin (${library}), not a portable one`,
        effect: refused(answer(subject, name)),
        hint: 'POST it to /plugins/sources, /plugins/sinks or /plugins/functions of the eKuiper it was built for',
      },
    ];
  },
};

/** eKuiper reads the metadata file as a manifest if it has the plugin's name. */
function answer({ manifest, view }: Subject, name: string): string {
  if (!manifest?.json.ok) {
    return `missing or invalid json file ${name}.json, found ${view.entries.length} files in total`;
  }
  const expected = manifest.path.replace(/\.json$/, '');
  const { info, error } = unmarshalPluginInfo(manifest.json.root, expected);
  return error ?? manifestProblem(info, expected) ?? 'invalid plugin, missing language';
}
