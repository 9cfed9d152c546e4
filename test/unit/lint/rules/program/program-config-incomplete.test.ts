import { expect, test } from 'vitest';
import { programConfigIncomplete } from '../../../../../src/lint/rules/program/program-config-incomplete.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { goProject, pythonProgram, typescriptProject } from './programs.ts';

const python = (config: string) => ({ files: pythonProgram(config) });

test.each([
  ['all four', python('"probe", {}, {}, {}'), []],
  ['all by name', python('name="probe", sources={}, sinks={}, functions={}'), []],
  ['no name', python('sources={}, sinks={}, functions={}'), ['2:14 PluginConfig has no name']],
  ['no functions', python('"probe", {}, {}'), ['2:14 PluginConfig has no functions']],
  ['unpacked', python('**config'), []],
  ['Go with a name', goProject('Name: "probe"'), []],
  ['Go without', goProject('Sources: nil'), ['6:26 PluginConfig has no Name']],
  ['TypeScript', typescriptProject('{}'), []],
])('%s', async (_, spec, expected) => {
  expect(short(await findingsOf(programConfigIncomplete, spec))).toEqual(expected);
});

test('a Go program that sets the name later', async () => {
  const spec = goProject('Sources: nil})\n\tconfig.Name = x(sdk.Other{');
  expect(await findingsOf(programConfigIncomplete, spec)).toEqual([]);
});
