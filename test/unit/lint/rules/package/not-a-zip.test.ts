import { expect, test } from 'vitest';
import { notAZip } from '../../../../../src/lint/rules/package/not-a-zip.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  ['not-a-zip' as const, 'This is not a zip file'],
  [
    'truncated' as const,
    'The file begins like a zip and has no end record, with which every zip ends',
  ],
  ['encrypted' as const, undefined],
])('%s', async (kind, message) => {
  const problems = [{ kind, entry: null, detail: 'no end record' }];
  const found = await findingsOf(notAZip, { files: {}, form: 'zip', label: 'x.zip', problems });
  expect(found[0]?.message).toBe(message);
  if (message === undefined) return;
  expect(found[0]?.file).toBe('x.zip');
  expect(found[0]?.effect).toBe(
    'eKuiper refuses the install: "fail to install plugin: zip: not a valid zip file"',
  );
});
