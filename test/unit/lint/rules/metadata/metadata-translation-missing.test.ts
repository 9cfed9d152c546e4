import { expect, test } from 'vitest';
import { metadataTranslationMissing } from '../../../../../src/lint/rules/metadata/metadata-translation-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { ABOUT, functionWith, sinkJson, sinkWith, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['both', sinkWith({}), []],
  ['no Chinese', sinkWith({ label: { en_US: 'x' } }), ['"label" has no "zh_CN"']],
  ['no English', sourceWith({ hint: { zh_CN: 'x' } }), ['"hint" has no "en_US"']],
  [
    'neither: one report for all',
    functionWith({ hint: {} }),
    ['2 texts have no "en_US" or no "zh_CN"; this is the first'],
  ],
  ['an empty helpUrl', { 'sinks/psnk.json': sinkJson({ about: { ...ABOUT, helpUrl: {} } }) }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataTranslationMissing, {
    files: { ...GOOD_FILES, ...files },
  });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
