import { launchProblem } from '../../../model/plugin/manifest.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { failsToStart } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

export const condaWithoutEnv: Rule = {
  id: 'conda-without-env',
  severity: 'error',
  explanation: {
    means: 'A Python plugin has "virtualEnvType": "conda" but no "env".',
    why:
      'eKuiper (1.9 and later) reads the name of the environment without looking whether there is one: ' +
      'a nil pointer dereference instead of a start.',
    issues: [],
    bad: '{ "virtualEnvType": "conda" }',
    good: '{ "virtualEnvType": "conda", "env": "edge" }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (!manifest?.isText('env') || manifest.info.virtualEnvType !== 'conda') return [];
    const problem = launchProblem(manifest.info);
    if (problem === null) return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('virtualEnvType'),
        message: '"virtualEnvType" is "conda", but "env" does not say which environment',
        effect: failsToStart(subject, `fail to start plugin ${subject.name}: ${problem}`),
        hint: 'Add "env": "<the environment\'s name>"',
      },
    ];
  },
};
