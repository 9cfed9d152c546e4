import { expect, test } from 'vitest';
import { emptySymbol } from '../../../../../src/lint/rules/manifest/empty-symbol.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['none', {}, []],
  ['an empty source', { sources: [''] }, ['1:74 A source has no name']],
  ['null beside a sink', { sinks: ['a', null] }, ['1:95 A sink has no name']],
  ['a number: a type error, said elsewhere', { functions: [1] }, []],
])('%s', async (_, keys, expected) => {
  expect(short(await findingsOf(emptySymbol, { files: withManifest(keys) }))).toEqual(expected);
});

test('a source without a name is refused, a function is not', async () => {
  const files = withManifest({ sources: [''], functions: [''] });
  const effects = (await findingsOf(emptySymbol, { files })).map(({ effect }) => effect);
  expect(effects).toEqual([
    'eKuiper refuses the install: "fail to install plugin: missing sources/.yaml"',
    'If eKuiper accepted the package: eKuiper registers a function named "", which nothing can use',
  ]);
});
