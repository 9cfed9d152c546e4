import { expect, test } from 'vitest';
import { programNameMismatch } from '../../../../../src/lint/rules/program/program-name-mismatch.ts';
import { findingsOf, GOOD_FILES, short } from '../../check-rule.ts';
import { goProject, pythonProgram, typescriptProject } from './programs.ts';

const says = (at: string) => [
  `${at} The program calls itself "prober", but the manifest is probe.json`,
];

test.each([
  ['the same in Python', { files: pythonProgram('"probe", {}, {}, {}') }, []],
  ['another in Python', { files: pythonProgram('"prober", {}, {}, {}') }, says('2:27')],
  ['computed', { files: pythonProgram('"pro" + x, {}, {}, {}') }, []],
  ['no PluginConfig', { files: GOOD_FILES }, []],
  [
    'in a zip',
    { files: pythonProgram('"prober", {}, {}, {}'), form: 'zip' as const },
    says('2:27'),
  ],
  ['the same in Go', goProject('Name: "probe"'), []],
  ['another in Go', goProject('Name: "prober"'), says('6:45')],
  ['the same in TypeScript', typescriptProject("{ name: 'probe' }"), []],
  ['another in TypeScript', typescriptProject("{ name: 'prober' }"), says('3:49')],
])('%s', async (_, spec, expected) => {
  expect(short(await findingsOf(programNameMismatch, spec))).toEqual(expected);
});

test.each([
  ['2.4' as const, 'control handshake error: receive time out'],
  ['1.14' as const, 'eKuiper 1.14 answers 201'],
])('on %s', async (target, words) => {
  const files = pythonProgram('"prober", {}, {}, {}');
  const [found] = await findingsOf(programNameMismatch, { files }, target);
  expect(found?.effect).toContain(words);
  expect(found?.effect).toContain('/tmp/plugin_prober.ipc');
});
