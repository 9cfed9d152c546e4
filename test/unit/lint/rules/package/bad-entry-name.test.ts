import { expect, test } from 'vitest';
import { badEntryName } from '../../../../../src/lint/rules/package/bad-entry-name.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  ['a\u0007b', 'the name holds a control character', 'warning'],
  ['a\u0000b', 'the name holds a zero byte', 'error'],
  ['', 'the name is empty', 'error'],
  ['aux.py', 'Windows reserves this name for a device', 'warning'],
])('%j', async (entry, detail, inZip) => {
  const problems = [{ kind: 'bad-name' as const, entry, detail }];
  const found = async (form: 'zip' | 'directory') => {
    const findings = await findingsOf(badEntryName, { files: {}, form, problems });
    return findings.map(({ severity, file }) => [severity, file]);
  };
  expect(await found('zip')).toEqual([[inZip, entry]]);
  // Pack refuses all of them in a project.
  expect(await found('directory')).toEqual([['error', entry]]);
});
