import { expect, it } from 'vitest';
import { programNotChecked } from '../../../../../src/lint/rules/program/program-not-checked.ts';
import { TEXT_LIMITS } from '../../../../../src/model/text-limits.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const { programTokens, programFile } = TEXT_LIMITS;

async function told(code: string): Promise<string[]> {
  return short(await findingsOf(programNotChecked, { files: withFiles({ 'main.py': code }) }));
}

it.each([
  ['names', 'a '.repeat(programTokens + 1)],
  ['commas', `from a import (${'b,'.repeat(programTokens)})`],
  ['characters', `'''${'x'.repeat(programFile)}'''`],
])('a program of too many %s is told as our limit', async (_title, code) => {
  expect(await told(code)).toEqual(['- main.py is too long for kplugin to look through']);
});

it('a module that the program imports is told too', async () => {
  const files = withFiles({ 'main.py': 'import table\n', 'table.py': 'x,'.repeat(programTokens) });
  const found = await findingsOf(programNotChecked, { files });
  expect(found.map(({ file, severity }) => [file, severity])).toEqual([['table.py', 'info']]);
});

it.each([
  ['', 'x = 1\n'],
  [' that is as long as it may be', 'x = 1\n'.repeat(programTokens / 4)],
  [' with a string that is not closed', `'\n${'x '.repeat(programTokens)}`],
])('a program%s is looked through', async (_title, code) => {
  expect(await told(code)).toEqual([]);
});
