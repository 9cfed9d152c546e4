import { expect, test } from 'vitest';
import { symbolNameInvalid } from '../../../../../src/lint/rules/manifest/symbol-name-invalid.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['temperature', undefined],
  ['to-celsius_2', undefined],
  ['', undefined],
  ['my source', 'my_source'],
  ['a/b', 'a_b'],
  ['../up', '_up'],
  ['größe', 'gr_e'],
  ['x.y', 'x_y'],
])('%j', async (name, better) => {
  const files = withManifest({ sources: [name] });
  const [found] = await findingsOf(symbolNameInvalid, { files });
  expect(/"(.*)"/.exec(found?.hint ?? '')?.[1]).toBe(better);
});
