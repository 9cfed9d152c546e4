import { expect, test } from 'vitest';
import { metadataDetailsMissing } from '../../../../../src/lint/rules/metadata/metadata-details-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { ABOUT, functionWith, sinkJson, sinkWith, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['nothing', sourceWith({}), []],
  [
    'trial and help',
    { 'sinks/psnk.json': sinkJson({ about: { ...ABOUT, trial: undefined, helpUrl: null } }) },
    ['"about" has no trial, helpUrl'],
  ],
  [
    'e-mail',
    {
      'sinks/psnk.json': sinkJson({
        about: { ...ABOUT, author: { name: 'x', company: 'y', website: 'z' } },
      }),
    },
    ['"about" has no author.email'],
  ],
  ['a default', sinkWith({ default: undefined }), ['The property "interval" has no default']],
  ['arguments', functionWith({ args: undefined, node: undefined }), ['"pfn" has no args, node']],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataDetailsMissing, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
