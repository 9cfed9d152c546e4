import { expect, test } from 'vitest';
import { sinkPropertiesShape } from '../../../../../src/lint/rules/metadata/sink-properties-shape.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { sinkJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['a list', { 'sinks/psnk.json': sinkJson() }, []],
  [
    'groups, as for a source',
    { 'sinks/psnk.json': sinkJson({ properties: { default: [] } }) },
    ['"properties" of a sink must be a list, not an object'],
  ],
  [
    'a text',
    { 'sinks/psnk.json': sinkJson({ properties: 'x' }) },
    ['"properties" of a sink must be a list, not a text'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(sinkPropertiesShape, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
