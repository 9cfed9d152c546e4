import type { Report, Rule } from '../../engine/rule.ts';
import { readManifest } from '../../subject/manifest.ts';

export const versionMissing: Rule = {
  id: 'version-missing',
  severity: 'warning',
  explanation: {
    means: 'The manifest has no "version", or an empty one.',
    why:
      'eKuiper does not check it and installs the plugin; GET /plugins/portables then shows "version": "", and ' +
      'nobody can tell which build runs on a box.',
    issues: [],
    bad: '{ "language": "go", … }',
    good: '{ "version": "1.0.0", "language": "go", … }',
  },
  check(subject): Report[] {
    const manifest = readManifest(subject);
    if (!manifest?.isText('version') || manifest.info.version.trim() !== '') return [];
    const written = manifest.member('version') !== null;
    return [
      {
        file: manifest.path,
        at: manifest.at('version'),
        message: written ? '"version" is empty' : 'The manifest has no "version"',
        effect: 'eKuiper installs it and lists it with "version": ""',
        hint: 'Write "version": "1.0.0"; kplugin pack puts it into the package name',
      },
    ];
  },
};
