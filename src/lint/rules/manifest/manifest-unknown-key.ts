import { closest } from '../../../model/closest.ts';
import { foldKey } from '../../../model/json/node.ts';
import type { Report, Rule } from '../../engine/rule.ts';
import { readManifest } from '../../subject/manifest.ts';

const KNOWN = [
  'version',
  'language',
  'executable',
  'sources',
  'sinks',
  'functions',
  'virtualEnvType',
  'env',
  'name',
];

const FOLDED: ReadonlySet<string> = new Set(KNOWN.map(foldKey));

export const manifestUnknownKey: Rule = {
  id: 'manifest-unknown-key',
  severity: 'warning',
  explanation: {
    means: 'The manifest has a key that eKuiper does not know.',
    why:
      'Go ignores it without a word. A misspelt key is as good as absent: a real plugin with "virtual_env_type" ' +
      'runs outside of its conda environment. "$schema" is for editors and allowed.',
    issues: [],
    bad: '{ "virtual_env_type": "conda", "env": "edge" }',
    good: '{ "virtualEnvType": "conda", "env": "edge" }',
  },
  *check(subject): Iterable<Report> {
    const { manifest } = subject;
    if (readManifest(subject) === null || !manifest?.fixed.ok) return;
    const { root } = manifest.fixed;
    if (root.type !== 'object') return;
    const written = new Set(root.members.map(({ key }) => foldKey(key)));
    const free = KNOWN.filter((key) => !written.has(foldKey(key)));
    for (const { key, keySpan } of root.members) {
      if (key === '$schema' || FOLDED.has(foldKey(key))) continue;
      const meant = closest(key.replace(/[_-]/g, ''), free);
      yield {
        file: manifest.path,
        at: keySpan,
        message: meant
          ? `"${key}" is unknown; "${meant}" was meant?`
          : `"${key}" is unknown in a manifest`,
        effect: 'eKuiper ignores the key',
        hint: meant ? `Rename it to "${meant}"` : `Remove it; known are ${KNOWN.join(', ')}`,
      };
    }
  },
};
