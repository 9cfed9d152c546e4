import { expect, test } from 'vitest';
import { programNotRunnable } from '../../../../../src/lint/rules/executable/program-not-runnable.ts';
import { findingsOf } from '../../check-rule.ts';
import { elf, machO } from '../../executable/binaries.ts';
import { goProgram, withFiles, withManifest } from '../../plugin-files.ts';

const NEITHER = 'The executable is neither a Linux program nor a script with a #! line';

test.each([
  ['a program', goProgram(elf()), undefined],
  ['a script', goProgram('#!/bin/sh\n'), undefined],
  ['a text', goProgram('echo hello\n'), NEITHER],
  [
    'a byte-order mark before #!',
    goProgram('\ufeff#!/bin/sh\n'),
    'The script starts with a byte-order mark, which hides its #! line',
  ],
  ['an empty file', goProgram(''), 'The executable is an empty file'],
  [
    'an object file',
    goProgram(elf({ type: 1 })),
    'The executable is an object file, not linked yet',
  ],
  ['macOS: said by program-for-another-system', goProgram(machO(7)), undefined],
  ['python needs no #!', withFiles({ 'main.py': 'import os\n' }), undefined],
  ['an empty python file', withFiles({ 'main.py': '' }), 'The executable is an empty file'],
  ['no file at all', withManifest({ executable: 'nothing' }), undefined],
])('%s', async (_, files, message) => {
  expect((await findingsOf(programNotRunnable, { files }))[0]?.message).toBe(message);
});

test.each([
  ['main.py', 'Write "language": "python", or begin the file with #!/usr/bin/env python3'],
  ['main.js', 'Begin the file with #!/usr/bin/env node'],
  [
    'src/main.ts',
    'Bundle it into one file of JavaScript with #!/usr/bin/env node, and name that (kplugin init --language typescript)',
  ],
  ['main.go', 'Build it and name the program, not its source'],
  ['run', 'Build the program, or begin the script with a #! line'],
])('%s with language go', async (executable, hint) => {
  const files = withManifest({ language: 'go', executable }, { [executable]: 'x' });
  expect((await findingsOf(programNotRunnable, { files }))[0]?.hint).toBe(hint);
});

test.each([
  ['go', '2.4' as const, 'exec format error'],
  ['go', '1.14' as const, 'eKuiper 1.14 answers 201'],
  ['python', '2.4' as const, 'control handshake error: receive time out'],
  ['python', '1.14' as const, 'every rule that uses the plugin fails'],
])('an empty %s program on %s', async (language, target, words) => {
  const files = withManifest({ language }, { 'main.py': '' });
  const [found] = await findingsOf(programNotRunnable, { files }, target);
  expect(found?.effect).toContain(words);
});
