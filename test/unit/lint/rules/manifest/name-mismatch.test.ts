import { expect, test } from 'vitest';
import { nameMismatch } from '../../../../../src/lint/rules/manifest/name-mismatch.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const words = (got: string) =>
  `eKuiper refuses the install: "fail to install plugin: invalid plugin, expect name 'probe' but got '${got}'"`;

test.each([
  ['no name', {}, undefined],
  ['the same', { name: 'probe' }, undefined],
  ['null', { name: null }, undefined],
  ['another', { name: 'other' }, words('other')],
  ['another letter case', { name: 'Probe' }, words('Probe')],
  ['empty', { name: '' }, words('')],
  ['a key in another letter case', { NAME: 'other' }, words('other')],
  ['a number: a type error, said elsewhere', { name: 1 }, undefined],
])('%s', async (_, keys, effect) => {
  const [found] = await findingsOf(nameMismatch, { files: withManifest(keys) });
  expect(found?.effect).toBe(effect);
});
