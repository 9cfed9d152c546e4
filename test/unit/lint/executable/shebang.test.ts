import { expect, test } from 'vitest';
import { readShebang, scriptProgram } from '../../../../src/lint/executable/executable-header.ts';

test.each([
  ['#!/bin/sh\n', '/bin/sh', null, false, 'sh'],
  ['#! /bin/sh -eu\n', '/bin/sh', '-eu', false, 'sh'],
  ['#!/bin/sh\r\n', '/bin/sh', null, true, 'sh'],
  ['#!/usr/bin/env python3\r\n', '/usr/bin/env', 'python3', true, 'python3'],
  ['#!/usr/bin/env -S python3 -u\n', '/usr/bin/env', '-S python3 -u', false, 'python3'],
  ['#!/usr/bin/env A=1 node\n', '/usr/bin/env', 'A=1 node', false, 'node'],
  ['#!/bin/sh', '/bin/sh', null, false, 'sh'],
  ['#!\n', '', null, false, ''],
  ['#!python3\n', 'python3', null, false, 'python3'],
])('%j', (content, interpreter, argument, crlf, program) => {
  const shebang = readShebang(new TextEncoder().encode(content));
  expect(shebang).toEqual({ format: 'script', interpreter, argument, crlf });
  expect(shebang && scriptProgram(shebang)).toBe(program);
});

test.each(['', '#', ' #!/bin/sh', '\ufeff#!/bin/sh', 'print(1)'])('%j is no script', (content) => {
  expect(readShebang(new TextEncoder().encode(content))).toBeNull();
});
