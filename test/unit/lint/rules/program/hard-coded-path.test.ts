import { expect, test } from 'vitest';
import { hardCodedPath } from '../../../../../src/lint/rules/program/hard-coded-path.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';
import { goProject } from './programs.ts';

const CWD = "eKuiper starts the program in the plugin's own folder";
const ABSOLUTE = 'eKuiper has its plugins elsewhere';

test.each([
  ['a path of its own', { 'main.py': 'open("model.pkl")' }, []],
  ['relative', { 'main.py': 'x = 1\nopen("plugins/portable/p/m.pkl")' }, [`main.py:2:6 ${CWD}`]],
  ['absolute', { 'main.py': "open(r'/kuiper/plugins/portable/p/m')" }, [`main.py:1:6 ${ABSOLUTE}`]],
  ['in a module', { 'lib/a.py': 'P = "plugins\\\\portable\\\\p"' }, [`lib/a.py:1:5 ${CWD}`]],
  ['in a comment', { 'main.py': '# plugins/portable/p' }, []],
  ['in a docstring', { 'main.py': '"""Lies in plugins/portable/p."""' }, []],
  ['in what others wrote', { 'site-packages/x.py': 'P = "plugins/portable/p"' }, []],
])('%s', async (_, more, expected) => {
  const found = await findingsOf(hardCodedPath, { files: withFiles(more) });
  expect(found).toHaveLength(expected.length);
  found.forEach(({ file, line, column, effect }, index) => {
    expect(`${file}:${line}:${column} ${effect}`).toContain(expected[index]);
  });
});

test('in Go', async () => {
  const spec = goProject('Name: path.Base("plugins/portable/probe")');
  const found = await findingsOf(hardCodedPath, spec);
  expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual(['main.go:6']);
});
