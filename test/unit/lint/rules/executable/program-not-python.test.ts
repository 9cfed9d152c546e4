import { expect, test } from 'vitest';
import { programNotPython } from '../../../../../src/lint/rules/executable/program-not-python.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { elf, machO, pe } from '../../executable/binaries.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

const says = (what: string) => [`1:31 "language" is "python", but main.py is ${what}`];

test.each([
  ['Python', 'import os\n', []],
  ['Python with #!', '#!/usr/bin/env python3\n', []],
  ['PyPy', '#!/opt/pypy3\n', []],
  ['a zip application', 'PK\u0003\u0004', []],
  ['a shell script', '#!/bin/sh\n', says('a script for sh')],
  ['a Node script', '#!/usr/bin/env node\r\n', says('a script for node')],
  ['a Linux program', elf(), says('a Linux program')],
  ['a macOS program', machO(7), says('a macOS program')],
  ['a Windows program', pe(0x14c), says('a Windows program')],
])('%s', async (_, content, expected) => {
  const files = withFiles({ 'main.py': content });
  expect(short(await findingsOf(programNotPython, { files }))).toEqual(expected);
});

test('language go is not asked', async () => {
  expect(await findingsOf(programNotPython, { files: goProgram(elf()) })).toEqual([]);
});
