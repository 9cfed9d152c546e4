import { nameProblem } from '../../../model/names.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { readManifest } from '../../subject/manifest.ts';

export const pluginNameInvalid: Rule = {
  id: 'plugin-name-invalid',
  severity: 'warning',
  explanation: {
    means:
      'The plugin\'s name (its manifest\'s file name) has other characters than letters, digits, "_" and "-", ' +
      'or is too long.',
    why:
      'REST takes any name, even with a space. But it becomes a folder, a part of URLs and the socket ' +
      "/tmp/plugin_<name>.ipc, whose path holds 107 bytes; eKuiper's own command line refuses such names.",
    issues: [],
    bad: 'pro be.json',
    good: 'pro_be.json',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const problem = subject.name === null ? null : nameProblem(subject.name);
    if (manifest === null || problem === null) return [];
    const better = (subject.name ?? '').replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40);
    return [
      {
        file: manifest.path,
        message: `The plugin's name "${subject.name}" ${problem}`,
        effect:
          'eKuiper uses it in its REST paths and for the socket /tmp/plugin_<name>.ipc as it is',
        hint: `Rename ${manifest.path}, for example to ${better}.json, and the name in the program`,
      },
    ];
  },
};
