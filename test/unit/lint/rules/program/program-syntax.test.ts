import { expect, test } from 'vitest';
import { runRules } from '../../../../../src/lint/engine/engine.ts';
import { programSyntax } from '../../../../../src/lint/rules/program/program-syntax.ts';
import type { PythonFlaw } from '../../../../../src/lint/subject/python-parser.ts';
import { readSubject } from '../../../../../src/lint/subject/read-subject.ts';
import { short } from '../../check-rule.ts';
import { memoryView } from '../../memory-view.ts';
import { withFiles, withManifest } from '../../plugin-files.ts';

const MAIN = 'import own\n\n  import judge\n';
const FILES = withFiles({ 'main.py': MAIN, 'own.py': 'x = 1\n', 'tool.py': 'x = 2\n' });

async function findings(flaws: readonly PythonFlaw[] | null, files = FILES) {
  const given: string[] = [];
  const parse = async (sources: readonly { path: string }[]) => {
    given.push(...sources.map(({ path }) => path));
    return flaws && { version: '3.11', flaws };
  };
  const subject = await readSubject(memoryView({ files }), '2.4', parse);
  return { given, found: await runRules(subject, [programSyntax]) };
}

const INDENT: PythonFlaw = {
  path: 'main.py',
  error: 'IndentationError',
  message: 'unexpected indent',
  line: 3,
};

test('what runs is given to Python', async () => {
  const { given, found } = await findings([]);
  expect(given).toEqual(['main.py', 'own.py']);
  expect(found).toEqual([]);
});

test.each([
  [INDENT, '3:3 Python cannot read this file: IndentationError: unexpected indent', 'error'],
  [
    { ...INDENT, error: 'SyntaxError', message: 'invalid syntax', line: null },
    '- Python cannot read this file: SyntaxError: invalid syntax',
    'warning',
  ],
  [
    { ...INDENT, error: 'SyntaxError', message: "Missing parentheses in call to 'print'", line: 1 },
    "1:1 Python cannot read this file: SyntaxError: Missing parentheses in call to 'print'",
    'error',
  ],
])('%j', async (flaw, line, severity) => {
  const { found } = await findings([flaw]);
  expect(short(found)).toEqual([line]);
  expect(found[0]?.severity).toBe(severity);
});

test.each<[string, readonly PythonFlaw[] | null]>([
  ['no Python here', null],
  ['a file that was not given', [{ ...INDENT, path: 'tool.py' }]],
  ['a line that is not there', []],
])('%s', async (_, flaws) => {
  expect((await findings(flaws)).found).toEqual([]);
});

test('other languages and bytes that are not UTF-8 are not given to it', async () => {
  const go = withManifest({ language: 'go' }, { 'main.py': MAIN });
  expect((await findings([INDENT], go)).given).toEqual([]);
  const latin = withFiles({ 'main.py': new TextEncoder().encode('# \ufffd\n') });
  expect((await findings([INDENT], latin)).given).toEqual([]);
});
