import { expect, test } from 'vitest';
import { yamlEnvironmentPrefix } from '../../../../../src/lint/rules/source-yaml/yaml-environment-prefix.ts';
import { findingsOf, short } from '../../check-rule.ts';

const declaring = (...sources: string[]) => ({
  'probe.json': JSON.stringify({ language: 'go', executable: 'x', sources }),
});

test.each([
  ['path', ['1:46 The source "path" shares its name with the environment variable PATH']],
  ['Home', ['1:46 The source "Home" shares its name with the environment variable HOME']],
  ['py', ['1:46 The source "py" shares its name with the environment variable PYTHONPATH']],
  ['pathwatch', []],
  ['temperature', []],
])('a source called %s', async (name, expected) => {
  expect(short(await findingsOf(yamlEnvironmentPrefix, { files: declaring(name) }))).toEqual(
    expected,
  );
});

test('eKuiper 1.14 does not ask the environment', async () => {
  expect(await findingsOf(yamlEnvironmentPrefix, { files: declaring('path') }, '1.14')).toEqual([]);
});
