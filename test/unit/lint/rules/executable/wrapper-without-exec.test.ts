import { expect, test } from 'vitest';
import { wrapperWithoutExec } from '../../../../../src/lint/rules/executable/wrapper-without-exec.ts';
import { findingsOf, short } from '../../check-rule.ts';
import { elf } from '../../executable/binaries.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

const SAYS = ['1:1 The shell script starts the program without "exec"'];

test.each([
  ['with exec', '#!/bin/sh\ncd app\nexec ./run "$@"\n', []],
  ['after a test', '#!/bin/sh\n[ -x run ] && exec ./run\n', []],
  ['of a quoted path', '#!/bin/sh\nexec "$(dirname "$0")/run"\n', []],
  ['without', '#!/bin/sh\n./run "$@"\n', SAYS],
  ['bash by env', '#!/usr/bin/env bash\n./run\n', SAYS],
  ['only in a comment', '#!/bin/sh\n# exec ./run\n./run\n', SAYS],
  ['only a redirection', '#!/bin/sh\nexec 2>&1\n./run\n', SAYS],
  ['that only ends', '#!/bin/sh\nexit 0\n', []],
  ['of comments', '#!/bin/sh\n# ./run\n', []],
  [
    'that does all itself',
    '#!/bin/sh\nN=1\nwhile read -r line; do\n  echo "$line" >&2\ndone\n',
    [],
  ],
  ['with a loop around the program', '#!/bin/sh\nwhile true; do ./run; done\n', SAYS],
  ['with a variable for the program', '#!/bin/sh\nA=1 B=2 ./run\n', SAYS],
  ['that runs it for its output', '#!/bin/sh\nread -r a\necho "$(./run)"\n', SAYS],
  ['that reads another script', '#!/bin/sh\n. ./run.sh\n', SAYS],
  ['not a shell', '#!/usr/bin/env node\nrun()\n', []],
  ['a program', elf(), []],
])('%s', async (_, content, expected) => {
  expect(short(await findingsOf(wrapperWithoutExec, { files: goProgram(content) }))).toEqual(
    expected,
  );
});

test('Python files are no wrappers', async () => {
  const files = withFiles({ 'main.py': '#!/bin/sh\nrun\n' });
  expect(await findingsOf(wrapperWithoutExec, { files })).toEqual([]);
});
