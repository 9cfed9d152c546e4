import { expect, test } from 'vitest';
import { metadataLegacyKey } from '../../../../../src/lint/rules/metadata/metadata-legacy-key.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { ABOUT, functionJson, sinkJson, sourceJson, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['none', sourceWith({}), []],
  [
    'libs and outputs',
    { 'sources/psrc.json': sourceJson({ libs: [], outputs: [] }) },
    ['"outputs" does nothing'],
  ],
  [
    'installed',
    { 'sinks/psnk.json': sinkJson({ about: { ...ABOUT, installed: true } }) },
    ['"installed" does nothing'],
  ],
  [
    'of a function file',
    { 'functions/pfn.json': functionJson({ name: 'pfn', nodeType: 'x' }) },
    ['"name" does nothing', '"nodeType" does nothing'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataLegacyKey, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
