import { expect, test } from 'vitest';
import { metadataNodeLabel } from '../../../../../src/lint/rules/metadata/metadata-node-label.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { functionWith, sinkJson } from '../../symbol-files.ts';

test.each<[string, Record<string, string>, string[]]>([
  ['no node', { 'sinks/psnk.json': sinkJson() }, []],
  [
    'en and zh',
    { 'sinks/psnk.json': sinkJson({ node: { category: 'sink', label: { en: 'x', zh: 'x' } } }) },
    [],
  ],
  [
    'en_US and zh_CN',
    { 'sinks/psnk.json': sinkJson({ node: { category: 'sink', label: { en_US: 'x' } } }) },
    [],
  ],
  [
    'another language',
    { 'sinks/psnk.json': sinkJson({ node: { category: 'sink', label: { de: 'x' } } }) },
    ['"node" has no label in English'],
  ],
  [
    'nothing in it',
    functionWith({ node: {} }),
    ['"node" has no category', '"node" has no label in English'],
  ],
])('%s', async (_title, files, expected) => {
  const findings = await findingsOf(metadataNodeLabel, { files: { ...GOOD_FILES, ...files } });
  expect(findings.map(({ message }) => message)).toEqual(expected);
});
