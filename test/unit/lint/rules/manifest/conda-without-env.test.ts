import { expect, test } from 'vitest';
import { condaWithoutEnv } from '../../../../../src/lint/rules/manifest/conda-without-env.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const SAYS = ['1:136 "virtualEnvType" is "conda", but "env" does not say which environment'];

test.each([
  ['no conda', {}, []],
  ['conda with env', { virtualEnvType: 'conda', env: 'e1' }, []],
  ['conda without env', { virtualEnvType: 'conda' }, SAYS],
  ['conda, env null', { virtualEnvType: 'conda', env: null }, SAYS],
  ['go ignores both', { virtualEnvType: 'conda', language: 'go' }, []],
])('%s', async (_, keys, expected) => {
  const found = await findingsOf(condaWithoutEnv, { files: withManifest(keys) });
  expect(short(found)).toEqual(expected);
});
