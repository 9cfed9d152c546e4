import { expect, test } from 'vitest';
import { backslashName } from '../../../../../src/lint/rules/package/backslash-name.ts';
import { LEAVES_ON_WINDOWS } from '../../../../../src/package/zip/entry-name.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  [
    'zip' as const,
    'lib\\a.py',
    "eKuiper makes one file of exactly this name in the plugin's folder",
  ],
  [
    'zip' as const,
    'sources\\psrc.yaml',
    'eKuiper makes one file of exactly this name in the plugin\'s folder, then refuses the install: "missing sources/psrc.yaml"',
  ],
  [
    'directory' as const,
    'a\\b',
    "eKuiper makes one file of exactly this name in the plugin's folder",
  ],
])('in a %s: %s', async (form, entry, effect) => {
  const problems = [{ kind: 'backslash-name' as const, entry, detail: '' }];
  const found = await findingsOf(backslashName, { files: {}, form, label: 'w.zip', problems });
  expect(found.map((finding) => finding.effect)).toEqual([effect]);
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
