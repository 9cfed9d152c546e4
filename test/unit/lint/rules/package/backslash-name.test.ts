import { expect, test } from 'vitest';
import { backslashName } from '../../../../../src/lint/rules/package/backslash-name.ts';
import { LEAVES_ON_WINDOWS } from '../../../../../src/package/zip/entry-name.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const TAKEN = (path: string): string =>
  `eKuiper takes it and makes one file of exactly this name in the plugin's folder; a program that opens ${path} does not find it`;

test.each([
  ['zip' as const, 'lib\\a.py', 'warning', TAKEN('lib/a.py')],
  // No source of the manifest.
  ['zip' as const, 'sources\\other.yaml', 'warning', TAKEN('sources/other.yaml')],
  [
    'zip' as const,
    'sources\\psrc.yaml',
    'error',
    'eKuiper refuses the install: "fail to install plugin: missing sources/psrc.yaml"',
  ],
  ['directory' as const, 'a\\b', 'error', TAKEN('a/b')],
])('in a %s: %s', async (form, entry, severity, effect) => {
  const problems = [{ kind: 'backslash-name' as const, entry, detail: '' }];
  const files = withFiles({});
  const found = await findingsOf(backslashName, { files, form, label: 'w.zip', problems });
  expect(found.map((finding) => [finding.severity, finding.effect])).toEqual([[severity, effect]]);
  expect(found[0]?.hint).toBe(
    form === 'zip'
      ? 'Run kplugin pack --from w.zip: it writes slashes'
      : 'Rename the file without the backslash',
  );
});

const LITERAL =
  "on Linux makes one file of exactly this name in the plugin's folder; programs on Windows refuse it or write it elsewhere";

test.each([
  ['C:\\x\\q.txt', '2.4' as const, 'warning', LITERAL],
  ['..\\..\\q.txt', '2.4' as const, 'warning', LITERAL],
  ['..\\..\\q.txt', '1.14' as const, 'warning', LITERAL],
  ['..\\..\\q.txt', '2.3' as const, 'error', 'path traversal'],
])('%s, a path of Windows, on %s', async (entry, target, severity, words) => {
  const problems = [{ kind: 'backslash-name' as const, entry, detail: LEAVES_ON_WINDOWS }];
  const [found] = await findingsOf(backslashName, { files: {}, form: 'zip', problems }, target);
  expect(found?.severity).toBe(severity);
  expect(found?.effect).toContain(words);
});
