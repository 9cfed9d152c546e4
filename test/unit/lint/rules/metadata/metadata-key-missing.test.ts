import { expect, test } from 'vitest';
import { metadataKeyMissing } from '../../../../../src/lint/rules/metadata/metadata-key-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import {
  ABOUT,
  functionWith,
  sinkJson,
  sinkWith,
  sourceJson,
  sourceWith,
} from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['nothing', sourceWith({}), []],
  ['a label', sourceWith({ label: undefined }), ['"interval" has no "label"']],
  ['a null hint', sinkWith({ hint: null }), ['"interval" has no "hint"']],
  ['optional', sinkWith({ optional: undefined }), ['"interval" has no "optional"']],
  [
    'the author',
    { 'sinks/psnk.json': sinkJson({ about: { ...ABOUT, author: undefined } }) },
    ['"about" has no "author"'],
  ],
  [
    'properties of a sink',
    { 'sinks/psnk.json': sinkJson({ properties: undefined }) },
    ['The file has no "properties"'],
  ],
  [
    'properties of a source are another rule',
    { 'sources/psrc.json': sourceJson({ properties: undefined }) },
    [],
  ],
  ['the example of a function', functionWith({ example: undefined }), ['"pfn" has no "example"']],
  [
    'the hint of a return value',
    functionWith({ return: { type: 'any' } }),
    ['"return" has no "hint"'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataKeyMissing, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
