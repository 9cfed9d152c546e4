import { expect, test } from 'vitest';
import { condaIgnored } from '../../../../../src/lint/rules/manifest/conda-ignored.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const GO = 'means nothing to a plugin with "language": "go"';

test.each([
  ['neither', {}, undefined],
  ['both for python', { virtualEnvType: 'conda', env: 'e' }, undefined],
  ['env alone', { env: 'e' }, '"env" means nothing without "virtualEnvType": "conda"'],
  ['env null', { env: null }, undefined],
  ['for go', { language: 'go', virtualEnvType: 'conda', env: 'e' }, `"virtualEnvType" ${GO}`],
  ['env for go', { language: 'go', env: 'e' }, `"env" ${GO}`],
  ['an unknown language: said elsewhere', { language: 'Go', env: 'e' }, undefined],
])('%s', async (_, keys, message) => {
  const found = await findingsOf(condaIgnored, { files: withManifest(keys) });
  expect(found.map((finding) => finding.message)).toEqual(message === undefined ? [] : [message]);
});
