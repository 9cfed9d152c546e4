import { launchProblem } from '../../../model/plugin/manifest.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { failsToStart } from '../../engine/words.ts';
import { readManifest } from '../../subject/manifest.ts';

export const virtualEnvUnsupported: Rule = {
  id: 'virtual-env-unsupported',
  severity: 'error',
  explanation: {
    means: '"virtualEnvType" of a Python plugin is something else than "conda".',
    why:
      'eKuiper (1.9 and later) knows conda only; "venv" and the empty string are refused when the process is started. ' +
      'A venv can be used without this key: let install.sh make it and a #! script with "language": "go" start it.',
    issues: ['#1636'],
    bad: '{ "language": "python", "virtualEnvType": "venv", … }',
    good: '{ "language": "python", "virtualEnvType": "conda", "env": "edge", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (!manifest?.isText('virtualEnvType')) return [];
    const { virtualEnvType } = manifest.info;
    const problem = launchProblem(manifest.info);
    if (virtualEnvType === 'conda' || problem === null) return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('virtualEnvType'),
        message: `"virtualEnvType" is "${virtualEnvType}"; eKuiper knows "conda" only`,
        effect: failsToStart(subject, `fail to start plugin ${subject.name}: ${problem}`),
        hint: 'Write "conda" with an "env", or leave the key out',
      },
    ];
  },
};
