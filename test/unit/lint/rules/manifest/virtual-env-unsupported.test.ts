import { expect, test } from 'vitest';
import { virtualEnvUnsupported } from '../../../../../src/lint/rules/manifest/virtual-env-unsupported.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const WORDS = 'fail to start plugin probe: unsupported virtual type: ';

test.each([
  ['none', {}, undefined],
  ['null', { virtualEnvType: null }, undefined],
  ['conda', { virtualEnvType: 'conda', env: 'e' }, undefined],
  ['venv', { virtualEnvType: 'venv' }, `${WORDS}venv`],
  ['Conda', { virtualEnvType: 'Conda' }, `${WORDS}Conda`],
  ['empty', { virtualEnvType: '' }, WORDS],
  ['go ignores it', { virtualEnvType: 'venv', language: 'go' }, undefined],
  ['a number: a type error, said elsewhere', { virtualEnvType: 1 }, undefined],
])('%s', async (_, keys, words) => {
  const [found] = await findingsOf(virtualEnvUnsupported, { files: withManifest(keys) });
  expect(/fail to start plugin [^"]*/.exec(found?.effect ?? '')?.[0]).toBe(words);
});

test('1.14 answers 201', async () => {
  const files = withManifest({ virtualEnvType: 'venv' });
  const [found] = await findingsOf(virtualEnvUnsupported, { files }, '1.14');
  expect(found?.effect).toBe(
    'eKuiper 1.14 answers 201, then every rule that uses the plugin fails: "fail to start plugin probe: unsupported virtual type: venv"',
  );
});
