import { expect, test } from 'vitest';
import { unreadableMode } from '../../../../../src/lint/rules/package/unreadable-mode.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  [0o644, []],
  [0o444, []],
  [null, []],
  [0o600, ['info The mode 0600 lets only its owner read this file']],
  [0o640, ['info The mode 0640 lets only its owner read this file']],
  [0o000, ['warning The mode 0000 lets nobody read this file']],
])('mode %o', async (mode, expected) => {
  const files = withFiles({ 'main.py': { text: '', mode } });
  const found = await findingsOf(unreadableMode, { files, form: 'zip' });
  expect(found.map(({ severity, message }) => `${severity} ${message}`)).toEqual(expected);
});

test('the worst is said even when there are many', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`f${index}`, { text: '', mode: 0o600 }]),
  );
  const files = withFiles({ ...many, 'z.py': { text: '', mode: 0 } });
  const found = await findingsOf(unreadableMode, { files, form: 'zip' });
  expect(found.filter(({ severity }) => severity === 'warning')).toHaveLength(1);
  expect(found).toHaveLength(4);
});
