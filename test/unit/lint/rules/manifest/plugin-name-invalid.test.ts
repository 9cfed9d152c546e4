import { expect, test } from 'vitest';
import { pluginNameInvalid } from '../../../../../src/lint/rules/manifest/plugin-name-invalid.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { renamed } from '../../plugin-files.ts';

test.each([
  ['probe', []],
  ['pro_be-2', []],
  ['pro be', [`- The plugin's name "pro be" may only hold letters, digits, "_" and "-"`]],
  ['prüfer', [`- The plugin's name "prüfer" may only hold letters, digits, "_" and "-"`]],
  ['a'.repeat(91), [`- The plugin's name "${'a'.repeat(91)}" is longer than 90 characters`]],
])('%s', async (name, expected) => {
  const files = renamed((path) => path.replace('probe', name));
  expect(short(await findingsOf(pluginNameInvalid, { files }))).toEqual(expected);
});
