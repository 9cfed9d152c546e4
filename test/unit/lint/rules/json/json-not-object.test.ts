import { expect, test } from 'vitest';
import { jsonNotObject } from '../../../../../src/lint/rules/json/json-not-object.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['an object', { 'sinks/psnk.json': '{}' }, []],
  ['a list', { 'sinks/psnk.json': ' [1]' }, ['1:2 The file holds an array, not an object']],
  ['a text', { 'functions/pfn.json': '"x"' }, ['1:1 The file holds a string, not an object']],
  ['null', { 'sources/psrc.json': 'null' }, ['1:1 The file holds a null, not an object']],
  [
    'a manifest that is a list',
    { 'probe.json': '[]' },
    ['1:1 The file holds an array, not an object'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(jsonNotObject, { files: { ...GOOD_FILES, ...files } });
  expect(short(findings)).toEqual(expected);
});

test.each<[string, string, string, string]>([
  ['a manifest', 'probe.json', 'null', 'fail to install plugin: invalid plugin, missing language"'],
  ['a manifest', 'probe.json', '[]', 'json: cannot unmarshal array into Go value"'],
  ['a sink', 'sinks/psnk.json', 'null', '(not found about of …)'],
  ['a sink', 'sinks/psnk.json', 'true', '(json: cannot unmarshal bool into Go value)'],
  [
    'a function',
    'functions/pfn.json',
    'null',
    'The manager cannot list the functions of this file',
  ],
  ['a function', 'functions/pfn.json', '[1]', 'The manager cannot list the functions of this file'],
])('%s (%s) that is %s has the effect that Go gives it', async (_title, file, text, words) => {
  const [finding] = await findingsOf(jsonNotObject, { files: { ...GOOD_FILES, [file]: text } });
  expect(finding?.effect).toContain(words);
});
