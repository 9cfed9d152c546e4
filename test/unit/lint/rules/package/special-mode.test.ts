import { expect, test } from 'vitest';
import { specialMode } from '../../../../../src/lint/rules/package/special-mode.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

test.each([
  ['2.4' as const, 0o755, []],
  ['2.4' as const, null, []],
  ['2.4' as const, 0o4755, ['error The mode 4755 has a setuid, setgid or sticky bit']],
  ['2.2' as const, 0o2644, ['error The mode 2644 has a setuid, setgid or sticky bit']],
  ['2.1' as const, 0o1644, ['warning The mode 1644 has a setuid, setgid or sticky bit']],
])('on %s: mode %o', async (target, mode, expected) => {
  const spec = { files: withFiles({ helper: { text: '', mode } }), form: 'zip' as const };
  const found = await findingsOf(specialMode, spec, target);
  expect(found.map(({ severity, message }) => `${severity} ${message}`)).toEqual(expected);
});

test('directories are made without their mode', async () => {
  const files = withFiles({ 'shared/': { kind: 'directory', mode: 0o2775 } });
  expect(await findingsOf(specialMode, { files, form: 'zip' })).toEqual([]);
});
