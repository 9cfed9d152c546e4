import { expect, test } from 'vitest';
import { shebangCrlf } from '../../../../../src/lint/rules/executable/shebang-crlf.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

test.each([
  ['LF', goProgram('#!/bin/sh\necho\n'), []],
  ['CRLF', goProgram('#!/bin/sh\r\necho\r\n'), ['1:1 The #! line ends in CRLF']],
  ['CRLF further down', goProgram('#!/bin/sh\necho\r\n'), []],
  ['a Python file read by Python', withFiles({ 'main.py': '#!/usr/bin/python3\r\n' }), []],
])('%s', async (_, files, expected) => {
  expect(short(await findingsOf(shebangCrlf, { files }))).toEqual(expected);
});

test('in the words of 2.x', async () => {
  const [found] = await findingsOf(shebangCrlf, { files: goProgram('#!/bin/sh\r\n') });
  expect(found?.effect).toContain('fork/exec …/probe/run: no such file or directory');
});
