import type { Report, Rule } from '../../engine/rule.ts';
import { readManifest } from '../../subject/manifest.ts';

/** `1.2.3`, `v1.2.3`, `1.2.3-rc.1+build.5`; semver.org, with the `v` that tags have. */
const SEMVER = /^v?\d+\.\d+\.\d+(?:-[\dA-Za-z.-]+)?(?:\+[\dA-Za-z.-]+)?$/;

export const versionNotSemver: Rule = {
  id: 'version-not-semver',
  severity: 'warning',
  explanation: {
    means: 'The "version" of the manifest is no semantic version (semver.org).',
    why: 'eKuiper takes any text. Nobody can tell which of two such versions is newer: kplugin cannot say whether an install goes forward or back, and the text stands in the name of the package.',
    issues: [],
    bad: '{ "version": "plc", … }',
    good: '{ "version": "1.0.0", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    const version = manifest?.info.version.trim() ?? '';
    if (!manifest?.isText('version') || version === '' || SEMVER.test(version)) return [];
    return [
      {
        file: manifest.path,
        at: manifest.at('version'),
        message: '"version" is no semantic version',
        effect: 'eKuiper takes it; which of two such versions is newer cannot be told',
        hint: 'Write three numbers, such as "1.0.0"',
      },
    ];
  },
};
