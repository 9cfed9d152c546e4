import type { Report, Rule } from '../../engine/rule.ts';
import { readManifest } from '../../subject/manifest.ts';

const KEYS = ['virtualEnvType', 'env'] as const;

export const condaIgnored: Rule = {
  id: 'conda-ignored',
  severity: 'warning',
  explanation: {
    means: 'The manifest has "virtualEnvType" or "env" where eKuiper does not look at it.',
    why:
      'Both count only for "language": "python", and "env" only beside "virtualEnvType". Otherwise the plugin runs ' +
      "with eKuiper's own Python, without the packages of the environment, or as any other program.",
    issues: [],
    bad: '{ "language": "python", "env": "edge" }',
    good: '{ "language": "python", "virtualEnvType": "conda", "env": "edge" }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (manifest === null) return [];
    const { language, virtualEnvType } = manifest.info;
    const written = KEYS.filter(
      (key) => ![undefined, 'null'].includes(manifest.member(key)?.value.type),
    );
    const [key] = written;
    if (key === undefined || (language !== 'go' && language !== 'python')) return [];
    if (language === 'python' && (virtualEnvType !== null || key !== 'env')) return [];
    return [
      {
        file: manifest.path,
        at: manifest.at(key),
        message:
          language === 'go'
            ? `"${key}" means nothing to a plugin with "language": "go"`
            : '"env" means nothing without "virtualEnvType": "conda"',
        effect:
          language === 'go'
            ? 'eKuiper runs the executable itself and ignores the key'
            : 'eKuiper runs the plugin with its own Python, not inside the environment',
        hint: language === 'go' ? 'Take it out' : 'Add "virtualEnvType": "conda"',
      },
    ];
  },
};
