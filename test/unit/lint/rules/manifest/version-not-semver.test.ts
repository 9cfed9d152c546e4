import { expect, test } from 'vitest';
import { versionNotSemver } from '../../../../../src/lint/rules/manifest/version-not-semver.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const FOUND = ['1:12 "version" is no semantic version'];

test.each([
  ['1.0.0', []],
  ['v1.0.0', []],
  ['1.2.3-rc.1+build.5', []],
  ['', []],
  ['1.0', FOUND],
  ['plc', FOUND],
  ['not a version ü', FOUND],
])('%s', async (version, expected) => {
  const files = withManifest({ version });
  expect(short(await findingsOf(versionNotSemver, { files }))).toEqual(expected);
});
