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

test.each([
  [
    '#!/usr/bin/env node\r\n',
    /^env does not find "node\\r", so the process ends; .*receive time out"$/,
  ],
  [
    '#!/bin/sh -e\r\n',
    /^\/bin\/sh gets an argument that ends with a carriage return; .*receive time out"$/,
  ],
])('an interpreter that is found: %j', async (text, effect) => {
  const [found] = await findingsOf(shebangCrlf, { files: goProgram(text) });
  expect(found?.effect).toMatch(effect);
});

const script = (text: string, mode = 0o644) => ({ text, mode });

test.each([
  ['tools/run.sh', script('#!/bin/sh\r\n'), ['warning tools/run.sh']],
  ['tools/run', script('#!/bin/sh\r\n', 0o755), ['warning tools/run']],
  ['tools/notes', script('#!/bin/sh\r\n'), []],
  ['run.sh', script('#!/bin/sh\n'), []],
  ['run.sh', script('echo\r\n'), []],
  ['module.py', script('#!/usr/bin/python3\r\n', 0o755), []],
  ['install.sh', script('#!/bin/sh\r\n'), []],
])('another script: %s %j', async (path, file, expected) => {
  const found = await findingsOf(shebangCrlf, { files: withFiles({ [path]: file }) });
  expect(found.map(({ severity, file: at }) => `${severity} ${at}`)).toEqual(expected);
});
