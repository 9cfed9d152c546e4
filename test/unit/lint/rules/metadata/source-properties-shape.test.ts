import { expect, test } from 'vitest';
import { sourcePropertiesShape } from '../../../../../src/lint/rules/metadata/source-properties-shape.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { sourceJson, sourceWith } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['an object of lists', sourceWith({}), []],
  [
    'a list, as for a sink',
    { 'sources/psrc.json': sourceJson({ properties: [] }) },
    ['"properties" of a source must be an object of groups, not a list'],
  ],
  [
    'node inside',
    { 'sources/psrc.json': sourceJson({ properties: { default: [], node: {} } }) },
    ['The group "node" of "properties" must be a list, not an object'],
  ],
  ['a sink is another rule', { 'sinks/psnk.json': '{"about":{},"properties":{}}' }, []],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(sourcePropertiesShape, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
