import { expect, test } from 'vitest';
import { manifestUnknownKey } from '../../../../../src/lint/rules/manifest/manifest-unknown-key.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['$schema', {}, 'x', false, undefined],
  ['Name', {}, 'probe', false, undefined],
  ['virtual_env_type', {}, 'conda', true, 'Rename it to "virtualEnvType"'],
  ['lanugage', { language: undefined }, 'go', true, 'Rename it to "language"'],
  ['function', { functions: undefined }, [], true, 'Rename it to "functions"'],
  ['wasmFile', {}, 'x.wasm', true, undefined],
  ['description', {}, '', true, undefined],
])('%s', async (key, others, value, unknown, hint) => {
  const files = withManifest({ ...others, [key]: value });
  const found = await findingsOf(manifestUnknownKey, { files });
  expect(found).toHaveLength(unknown ? 1 : 0);
  if (hint !== undefined) expect(found[0]?.hint).toBe(hint);
  else if (unknown) expect(found[0]?.hint).toMatch(/^Remove it; known are version, /);
});
