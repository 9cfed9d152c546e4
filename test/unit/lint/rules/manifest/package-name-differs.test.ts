import { expect, test } from 'vitest';
import { packageNameDiffers } from '../../../../../src/lint/rules/manifest/package-name-differs.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { renamed } from '../../plugin-files.ts';

const says = (label: string) => [
  `- The plugin is called "probe2" after its manifest, and the zip ${label}`,
];

test.each([
  ['probe2.zip', []],
  ['dist/probe2-1.0.0.zip', []],
  ['probe2-1.0.0-linux-arm64.zip', []],
  ['Probe2.zip', []],
  ['probe.zip', says('probe.zip')],
  ['probe22.zip', says('probe22.zip')],
  ['mirror.ZIP', says('mirror.ZIP')],
  ['mirror', []],
  ['-', []],
])('probe2.json in %s', async (label, expected) => {
  const files = renamed((path) => path.replace('probe', 'probe2'));
  const found = await findingsOf(packageNameDiffers, { files, label });
  expect(short(found)).toEqual(expected);
});
