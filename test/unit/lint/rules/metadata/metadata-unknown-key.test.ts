import { expect, test } from 'vitest';
import { metadataUnknownKey } from '../../../../../src/lint/rules/metadata/metadata-unknown-key.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import {
  ABOUT,
  both,
  functionJson,
  functionWith,
  sinkJson,
  sinkWith,
  sourceJson,
  sourceWith,
} from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[], string]>([
  ['none', sourceWith({}), [], ''],
  [
    'misspelt',
    sinkWith({ lable: {}, label: undefined }),
    ['"lable" is unknown; "label" was meant?'],
    'Rename it to "label"',
  ],
  ['from old documentation', sinkWith({ Helpurl: {} }), ['"Helpurl" is unknown here'], 'Remove it'],
  [
    'another language',
    sinkWith({ label: { ...both('x'), de_DE: 'x' } }),
    ['"de_DE" is unknown here'],
    'en_US, zh_CN',
  ],
  [
    'at the top of a source',
    { 'sources/psrc.json': sourceJson({ ui: {} }) },
    ['"ui" is unknown here'],
    'Remove it',
  ],
  [
    'in author',
    { 'sinks/psnk.json': sinkJson({ about: { ...ABOUT, author: { nam: 'x' } } }) },
    ['"nam" is unknown; "name" was meant?'],
    'Rename',
  ],
  [
    '$schema at the top',
    {
      'sinks/psnk.json': sinkJson({ $schema: 'x' }),
      'sources/psrc.json': sourceJson({ $schema: 'x' }),
      'functions/pfn.json': functionJson({ $schema: 'x' }),
    },
    [],
    '',
  ],
  ['outputs of old flow editors', { 'sources/psrc.json': sourceJson({ outputs: [] }) }, [], ''],
  [
    'in a function',
    functionWith({ argz: [], args: undefined }),
    ['"argz" is unknown; "args" was meant?'],
    'Rename it to "args"',
  ],
])('%s', async (_title, files, messages, hint) => {
  const findings = await findingsOf(metadataUnknownKey, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(messages);
  expect(findings[0]?.hint ?? '').toContain(hint);
});
