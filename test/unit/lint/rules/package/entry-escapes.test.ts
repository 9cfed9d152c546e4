import { expect, test } from 'vitest';
import { entryEscapes } from '../../../../../src/lint/rules/package/entry-escapes.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  [
    '../evil.txt',
    '1.14' as const,
    "eKuiper 1.14 writes the file there, outside the plugin's folder",
  ],
  ['../evil.txt', '2.1' as const, "eKuiper 2.1 writes the file there, outside the plugin's folder"],
  ['../evil.txt', '2.2' as const, 'openat ../evil.txt: path escapes from parent'],
  [
    '../evil.txt',
    '2.3' as const,
    "invalid file name: path traversal or absolute paths are not allowed: '../evil.txt'",
  ],
  ['../evil.txt', '2.4' as const, 'mkdirat ..: path escapes from parent'],
  ['a/../../b/evil.txt', '2.4' as const, 'mkdirat ../b: path escapes from parent'],
  ['/etc/passwd', '2.2' as const, 'openat /etc/passwd: path escapes from parent'],
])('%s on %s', async (entry, target, words) => {
  const problems = [{ kind: 'path-escape' as const, entry, detail: '' }];
  const found = await findingsOf(entryEscapes, { files: {}, form: 'zip', problems }, target);
  expect(found[0]?.effect).toContain(words);
});

test('a tame package', async () => {
  expect(await findingsOf(entryEscapes, { files: { 'a/b': '' }, form: 'zip' })).toEqual([]);
});
