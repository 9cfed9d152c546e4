import { expect, test } from 'vitest';
import { fieldDuplicateName } from '../../../../../src/lint/rules/metadata/field-duplicate-name.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { field, sinkJson, sinkWith, sourceJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['once', sinkWith({}), []],
  [
    'twice',
    { 'sinks/psnk.json': sinkJson({ properties: [field(), field()] }) },
    ['The property "interval" is already described above'],
  ],
  [
    'in different groups',
    { 'sources/psrc.json': sourceJson({ properties: { default: [field()], other: [field()] } }) },
    [],
  ],
  ['the same name nested', sinkWith({ default: [field()] }), []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(fieldDuplicateName, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
