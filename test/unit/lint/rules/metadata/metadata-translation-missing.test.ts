import { expect, test } from 'vitest';
import { metadataTranslationMissing } from '../../../../../src/lint/rules/metadata/metadata-translation-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { ABOUT, functionWith, sinkJson, sinkWith, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['both', sinkWith({}), []],
  ['no Chinese', sinkWith({ label: { en_US: 'x' } }), ['"label" has no "zh_CN"']],
  ['no English', sourceWith({ hint: { zh_CN: 'x' } }), ['"hint" has no "en_US"']],
  ['neither', functionWith({ hint: {} }), ['"hint" has no "en_US"', '"hint" has no "zh_CN"']],
  ['an empty helpUrl', { 'sinks/psnk.json': sinkJson({ about: { ...ABOUT, helpUrl: {} } }) }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataTranslationMissing, {
    files: { ...GOOD_FILES, ...files },
  });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
