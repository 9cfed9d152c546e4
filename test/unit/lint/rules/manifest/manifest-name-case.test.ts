import { expect, test } from 'vitest';
import { manifestNameCase } from '../../../../../src/lint/rules/manifest/manifest-name-case.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { renamed } from '../../plugin-files.ts';

const says = (label: string, called: string) => [
  `- The plugin is called "Probe" after its manifest, but ${label} is called "${called}"`,
];

test.each([
  ['Probe.zip', []],
  ['probe.zip', says('probe.zip', 'probe')],
  ['dist/PROBE-1.0.0.zip', says('PROBE-1.0.0.zip', 'PROBE')],
  ['probe-v2-linux-arm64.zip', says('probe-v2-linux-arm64.zip', 'probe')],
  ['probes.zip', []],
  ['probe-old.zip', []],
  ['other.zip', []],
  ['.', []],
  ['probe', says('probe', 'probe')],
])('Probe.json in %s', async (label, expected) => {
  const files = renamed((path) => path.replace('probe', 'Probe'));
  const found = await findingsOf(manifestNameCase, { files, label });
  expect(short(found)).toEqual(expected);
});
