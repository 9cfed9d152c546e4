import { expect, test } from 'vitest';
import { programSymbolUndeclared } from '../../../../../src/lint/rules/program/program-symbol-undeclared.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { goProject, pythonProgram, typescriptProject } from './programs.ts';

const says = (at: string, kind: string) => [
  `${at} The program registers the ${kind} "more", which the manifest does not list`,
];

test.each([
  ['none', { files: pythonProgram('"probe", {"psrc": S}, {}, {}') }, []],
  ['a source', { files: pythonProgram('"probe", {"more": S}, {}, {}') }, says('2:37', 'source')],
  ['a sink', { files: pythonProgram('"probe", {}, {"more": S}, {}') }, says('2:41', 'sink')],
  ['of another kind', { files: pythonProgram('"probe", {}, {}, {"psrc": S, **x}') }, []],
  [
    'Go',
    goProject('Functions: map[string]sdk.NewFunctionFunc{"more": newMore}'),
    says('6:81', 'function'),
  ],
  ['TypeScript', typescriptProject('{ sinks: { psnk, more } }'), says('3:58', 'sink')],
])('%s', async (_, spec, expected) => {
  expect(short(await findingsOf(programSymbolUndeclared, spec))).toEqual(expected);
});

test('the same name in another list is another symbol', async () => {
  const files = pythonProgram('"probe", {}, {}, {"psrc": S}');
  const found = await findingsOf(programSymbolUndeclared, { files });
  expect(found.map(({ hint }) => hint)).toEqual([
    'Add "psrc" to "functions" in probe.json, or take it out of the program',
  ]);
});
