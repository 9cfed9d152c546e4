import { expect, test } from 'vitest';
import { programForAnotherSystem } from '../../../../../src/lint/rules/executable/program-for-another-system.ts';
import { findingsOf } from '../../check-rule.ts';
import { elf, machO, pe } from '../../executable/binaries.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

const DARWIN = machO(0x0100000c);

test.each([
  ['Linux', goProgram(elf()), []],
  ['macOS', goProgram(DARWIN), ['The program was built for macOS, not for Linux']],
  ['Windows', goProgram(pe(0x8664)), ['The program was built for Windows, not for Linux']],
  ['python: said by program-not-python', withFiles({ 'main.py': DARWIN }), []],
])('%s', async (_, files, expected) => {
  const found = await findingsOf(programForAnotherSystem, { files });
  expect(found.map(({ message }) => message)).toEqual(expected);
});

test('in the words of 2.x', async () => {
  const [found] = await findingsOf(programForAnotherSystem, { files: goProgram(DARWIN) });
  expect(found?.effect).toBe(
    'eKuiper refuses the install: "fail to install plugin: plugin executable …/probe/run stops with error fork/exec …/probe/run: exec format error"',
  );
});
