import { expect, test } from 'vitest';
import { entryNameEncoding } from '../../../../../src/lint/rules/package/entry-name-encoding.ts';
import { findingsOf } from '../../check-rule.ts';

test.each([
  [['gbk'], 'Run kplugin pack --from b.zip: it writes the name in UTF-8'],
  [
    ['gbk', 'euc-kr', 'big5'],
    'Run kplugin pack --from b.zip --name-encoding gbk, or with euc-kr or big5, whichever gives the right name: it writes it in UTF-8',
  ],
  [
    [],
    'Run kplugin pack --from b.zip --name-encoding <encoding>, whichever gives the right name: it writes it in UTF-8',
  ],
])('names in %j', async (encodings, hint) => {
  const problems = [{ kind: 'foreign-name', entry: null, detail: 'so and so', encodings }] as const;
  const found = await findingsOf(entryNameEncoding, {
    files: {},
    form: 'zip',
    label: 'b.zip',
    problems,
  });
  expect(found).toMatchObject([
    {
      severity: 'warning',
      file: 'b.zip',
      message: 'The name of this entry cannot be read: so and so',
      effect:
        'eKuiper makes a file with these very bytes as its name; a program that opens the name in UTF-8 does not find it',
      hint,
    },
  ]);
});

test('says nothing of a sound zip', async () => {
  expect(await findingsOf(entryNameEncoding, { files: { a: '' }, form: 'zip' })).toEqual([]);
});
