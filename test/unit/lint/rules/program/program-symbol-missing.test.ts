import { expect, test } from 'vitest';
import { programSymbolMissing } from '../../../../../src/lint/rules/program/program-symbol-missing.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { goProject, pythonProgram, typescriptProject } from './programs.ts';

const ALL = '"probe", {"psrc": S}, {"psnk": K}, {"pfn": F}';

test.each([
  ['all there', { files: pythonProgram(ALL) }, []],
  [
    'misspelt',
    { files: pythonProgram(ALL.replace('pfn', 'pfun')) },
    ['1:112 The program does not register the function "pfn" (main.py:2)'],
  ],
  [
    'another letter case',
    { files: pythonProgram(ALL.replace('psrc', 'pSrc')) },
    ['1:74 The program does not register the source "psrc" (main.py:2)'],
  ],
  ['a computed dictionary', { files: pythonProgram('"probe", sources(), sinks(), {**fs}') }, []],
  [
    'Go',
    goProject('Name: "probe", Sources: more, Sinks: nil, Functions: all'),
    ['1:85 The program does not register the sink "psnk" (main.go:6)'],
  ],
  [
    'TypeScript',
    typescriptProject("{ name: 'probe', sources: { psrc }, sinks: {}, functions: all }"),
    ['1:85 The program does not register the sink "psnk" (src/plugin.ts:3)'],
  ],
])('%s', async (_, spec, expected) => {
  expect(short(await findingsOf(programSymbolMissing, spec))).toEqual(expected);
});

test.each([
  ['python', { files: pythonProgram('"probe", {}, s, f') }, `"KeyError: 'psrc'"`],
  ['go', goProject('Name: "probe", Sinks: s, Functions: f'), '"symbol not found"'],
])('what the SDK for %s answers', async (_, spec, words) => {
  const [found] = await findingsOf(programSymbolMissing, spec);
  expect(found?.effect).toContain(words);
});

test('a zip has no Go source', async () => {
  const { files } = goProject('');
  const spec = { files: { ...files, 'main.go': 'package main' }, form: 'zip' as const };
  expect(await findingsOf(programSymbolMissing, spec)).toEqual([]);
});

test.each([
  ['{"pfun": F}', 'The program has "pfun": make the two agree'],
  [
    '{"other": F}',
    'Register it in main.py under exactly this name, or take it out of the manifest',
  ],
])('the fix for %s', async (functions, hint) => {
  const files = pythonProgram(`"probe", {"psrc": S}, {"psnk": K}, ${functions}`);
  expect((await findingsOf(programSymbolMissing, { files }))[0]?.hint).toBe(hint);
});
