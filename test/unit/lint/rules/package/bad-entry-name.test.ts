import { expect, test } from 'vitest';
import { badEntryName } from '../../../../../src/lint/rules/package/bad-entry-name.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  ['a\u0007b', 'the name holds a control character', 'warning', 'a\\x07b'],
  ['a\u0000b', 'the name holds a zero byte', 'error', 'a\\x00b'],
  ['', 'the name is empty', 'error', ''],
  ['aux.py', 'Windows reserves this name for a device', 'warning', 'aux.py'],
])('%j', async (entry, detail, severity, file) => {
  const problems = [{ kind: 'bad-name' as const, entry, detail }];
  const found = await findingsOf(badEntryName, { files: {}, problems });
  expect(found.map((finding) => [finding.severity, finding.file])).toEqual([[severity, file]]);
});
