import { expect, test } from 'vitest';
import { noSymbols } from '../../../../../src/lint/rules/manifest/no-symbols.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const NONE = { sources: undefined, sinks: undefined, functions: undefined };
const SAYS = 'The manifest lists no source, sink or function';

test.each([
  ['one of each', {}, []],
  ['one function', { ...NONE, functions: ['f'] }, []],
  ['no lists', NONE, [`1:1 ${SAYS}`]],
  ['empty lists', { sources: [], sinks: [], functions: [] }, [`1:73 ${SAYS}`]],
  ['null lists', { sources: null, sinks: null, functions: null }, [`1:73 ${SAYS}`]],
  ['a list with null: eKuiper counts it', { ...NONE, sinks: [null] }, []],
  ['a string: a type error, said elsewhere', { ...NONE, sinks: 'x' }, []],
])('%s', async (_, keys, expected) => {
  expect(short(await findingsOf(noSymbols, { files: withManifest(keys) }))).toEqual(expected);
});
