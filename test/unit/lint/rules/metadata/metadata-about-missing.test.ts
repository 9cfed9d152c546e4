import { expect, test } from 'vitest';
import { metadataAboutMissing } from '../../../../../src/lint/rules/metadata/metadata-about-missing.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { sinkJson, sourceJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['there', { 'sinks/psnk.json': sinkJson() }, []],
  [
    'missing',
    { 'sinks/psnk.json': sinkJson({ about: undefined }) },
    ['1:1 There is no "about" in sinks/psnk.json'],
  ],
  [
    'null',
    { 'sources/psrc.json': sourceJson({ about: null }) },
    ['1:1 There is no "about" in sources/psrc.json'],
  ],
  [
    'of a function',
    { 'functions/pfn.json': '{"functions":[]}' },
    ['1:1 There is no "about" in functions/pfn.json'],
  ],
  ['empty is enough for eKuiper', { 'sinks/psnk.json': '{"about":{}}' }, []],
  ['in another letter case', { 'sinks/psnk.json': '{"About":{}}' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataAboutMissing, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});
