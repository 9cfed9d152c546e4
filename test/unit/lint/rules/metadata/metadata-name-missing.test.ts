import { expect, test } from 'vitest';
import { metadataNameMissing } from '../../../../../src/lint/rules/metadata/metadata-name-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { functionWith, sinkWith, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['there', sinkWith({}), []],
  ['missing', sinkWith({ name: undefined }), ['A property without a name']],
  ['empty', sourceWith({ name: '' }), ['A property without a name']],
  ['of a function', functionWith({ name: undefined }), ['A function without a name']],
  ['of an argument', functionWith({ args: [{}] }), ['An argument without a name']],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataNameMissing, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
