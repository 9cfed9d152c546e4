import { expect, test } from 'vitest';
import { shebangInterpreter } from '../../../../../src/lint/rules/executable/shebang-interpreter.ts';
import { findingsOf } from '../../check-rule.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

test.each([
  ['#!/bin/sh', undefined],
  ['#!/bin/sh -eu', undefined],
  ['#!/usr/bin/env python3', undefined],
  ['#!/usr/bin/env node', undefined],
  ['#!/usr/bin/env -S python3 -u', undefined],
  ['#!/usr/bin/env python3 -u', 'error Write #!/usr/bin/env -S python3 -u'],
  ['#!python3', 'error Write #!/usr/bin/env python3'],
  ['#!', 'error Write #!/usr/bin/env python3'],
  ['#!/bin/bash', 'warning Write it for #!/bin/sh'],
  ['#!/usr/bin/env bash', 'warning Write it for #!/bin/sh'],
])('%s', async (line, expected) => {
  const [found] = await findingsOf(shebangInterpreter, { files: goProgram(`${line}\necho\n`) });
  expect(found && `${found.severity} ${found.hint}`).toBe(expected);
});

test('a Python file read by Python may have any', async () => {
  const files = withFiles({ 'main.py': '#!python3\n' });
  expect(await findingsOf(shebangInterpreter, { files })).toEqual([]);
});
