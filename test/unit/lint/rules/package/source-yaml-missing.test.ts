import { expect, test } from 'vitest';
import { sourceYamlMissing } from '../../../../../src/lint/rules/package/source-yaml-missing.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { withFiles, withManifest, without } from '../../plugin-files.ts';

const ADD = 'Add sources/psrc.yaml; "default: {}" is enough';
const NONE = without('sources/psrc.yaml');

test.each([
  ['there', GOOD_FILES, []],
  ['empty is enough', withFiles({ 'sources/psrc.yaml': '' }), []],
  ['missing', NONE, [ADD]],
  [
    'a directory of that name',
    { ...NONE, 'sources/psrc.yaml/': '' },
    ['sources/psrc.yaml is a folder: make it a file; "default: {}" is enough'],
  ],
  ['.yml: said by yaml-extension', { ...NONE, 'sources/psrc.yml': '' }, []],
  ['.YAML: said by yaml-extension', { ...NONE, 'sources/psrc.YAML': '' }, []],
  [
    'Sources/',
    { ...NONE, 'Sources/psrc.yaml': '' },
    ['Rename Sources/psrc.yaml to sources/psrc.yaml'],
  ],
  ['sinks and functions need none', withManifest({ sources: [] }), []],
  ['an empty name: said by empty-symbol', withManifest({ sources: [''] }), []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(sourceYamlMissing, { files, form: 'zip' });
  expect(found.map(({ hint }) => hint)).toEqual(expected);
});

test('each source by its name, in the words of every eKuiper', async () => {
  const files = withManifest({ sources: ['psrc', 'other'] });
  const found = await findingsOf(sourceYamlMissing, { files });
  expect(found.map(({ line, column, effect }) => [line, column, effect])).toEqual([
    [1, 81, 'eKuiper refuses the install: "fail to install plugin: missing sources/other.yaml"'],
  ]);
});

test.each([
  ['2.0' as const, 1],
  ['2.1' as const, 0],
])('./sources/psrc.yaml on %s', async (target, count) => {
  const files = withFiles({ 'sources/psrc.yaml': { text: '', rawName: './sources/psrc.yaml' } });
  const found = await findingsOf(sourceYamlMissing, { files, form: 'zip' }, target);
  expect(found).toHaveLength(count);
});
