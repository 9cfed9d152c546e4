import { expect, test } from 'vitest';
import { functionNotCallable } from '../../../../../src/lint/rules/manifest/function-not-callable.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['celsius', undefined],
  ['to_Celsius2', undefined],
  ['to-celsius', 'Rename it, for example to "to_celsius"'],
  ['2d', 'Rename it, for example to "f2d"'],
  ['_hidden', 'Rename it, for example to "hidden"'],
  ['my fn', undefined],
])('%s', async (name, hint) => {
  const files = withManifest({ functions: [name] });
  expect((await findingsOf(functionNotCallable, { files }))[0]?.hint).toBe(hint);
});

test('sources and sinks are never called', async () => {
  const files = withManifest({ sources: ['my-src'], sinks: ['2d'] });
  expect(await findingsOf(functionNotCallable, { files })).toEqual([]);
});
