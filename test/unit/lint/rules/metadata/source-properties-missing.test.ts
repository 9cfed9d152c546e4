import { expect, test } from 'vitest';
import { sourcePropertiesMissing } from '../../../../../src/lint/rules/metadata/source-properties-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { sourceJson } from '../../symbol-files.ts';

const WITHOUT = { 'sources/psrc.json': sourceJson({ properties: undefined }) };

test.each([
  ['a YAML with settings is lost', 'default:\n  a: 1\n', '2.4', 'error'],
  ['an empty YAML loses nothing', 'default:\n', '2.4', 'warning'],
  ['eKuiper 1.14 reads the YAML all the same', 'default:\n  a: 1\n', '1.14', 'warning'],
] as const)('%s', async (_title, yaml, target, severity) => {
  const files = { ...GOOD_FILES, ...WITHOUT, 'sources/psrc.yaml': yaml };
  const findings = await findingsOf(sourcePropertiesMissing, { files }, target);
  expect(findings.map((one) => one.severity)).toEqual([severity]);
});

test('silent where they are', async () => {
  const files = { ...GOOD_FILES, 'sources/psrc.json': sourceJson() };
  expect(await findingsOf(sourcePropertiesMissing, { files })).toEqual([]);
});
