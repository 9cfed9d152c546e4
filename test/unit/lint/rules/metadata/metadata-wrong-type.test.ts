import { expect, test } from 'vitest';
import { metadataWrongType } from '../../../../../src/lint/rules/metadata/metadata-wrong-type.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import {
  field,
  functionJson,
  functionWith,
  sinkJson,
  sinkWith,
  sourceJson,
  sourceWith,
} from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string | null, string]>([
  ['a source without fault', { 'sources/psrc.json': sourceJson() }, null, ''],
  [
    'a text for a truth',
    sourceWith({ optional: 'true' }),
    '"optional" must be true or false, not a text',
    'error',
  ],
  [
    'a text for two languages',
    sinkWith({ label: 'Interval' }),
    '"label" must be an object, not a text',
    'error',
  ],
  ['a number for a name', sinkWith({ name: 1 }), '"name" must be a text, not a number', 'error'],
  [
    'about as a text',
    { 'sinks/psnk.json': sinkJson({ about: 'x' }) },
    '"about" must be an object, not a text',
    'error',
  ],
  [
    'libs as a text',
    { 'sources/psrc.json': sourceJson({ libs: 'x' }) },
    '"libs" must be a list, not a text',
    'error',
  ],
  [
    'nested fields, too',
    sourceWith({ type: 'list_object', default: [field({ optional: 1 })] }),
    '"optional" must be true or false, not a number',
    'error',
  ],
  [
    'a property that is a text',
    { 'sinks/psnk.json': sinkJson({ properties: ['x'] }) },
    'This item must be an object, not a text',
    'error',
  ],
  ['null is as good as nothing', sinkWith({ hint: null }), null, ''],
  [
    'what eKuiper passes on',
    { 'sources/psrc.json': sourceJson({ node: 'x' }) },
    '"node" must be an object, not a text',
    'warning',
  ],
  [
    'functions as an object',
    { 'functions/pfn.json': functionJson({ functions: {} }) },
    '"functions" must be a list, not an object',
    'error',
  ],
  [
    'an example that is a number',
    functionWith({ example: 1 }),
    '"example" must be a text, not a number',
    'warning',
  ],
  ['a list default is another rule', sinkWith({ default: ['a'] }), null, ''],
])('%s', async (_title, files, message, severity) => {
  const findings = await findingsOf(metadataWrongType, { files: { ...GOOD_FILES, ...files } });
  const expected = message === null ? [] : [[message, severity]];
  expect(findings.map((one) => [one.message, one.severity])).toEqual(expected);
});

test.each([
  [{ optional: 'true' }, 'Write true without quotes'],
  [{ label: 'Interval' }, 'Write { "en_US": "Interval", "zh_CN": "Interval" }'],
  [{ control: 1 }, 'Make it a text'],
])('%j: %s', async (change, hint) => {
  const files = { ...GOOD_FILES, ...sinkWith(change) };
  expect((await findingsOf(metadataWrongType, { files }))[0]?.hint).toBe(hint);
});
