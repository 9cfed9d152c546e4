import { expect, test } from 'vitest';
import { programNotStatic } from '../../../../../src/lint/rules/executable/program-not-static.ts';
import { findingsOf } from '../../check-rule.ts';
import { elf } from '../../executable/binaries.ts';
import { goProgram, withFiles } from '../../plugin-files.ts';

const GLIBC = elf({ interpreter: '/lib64/ld-linux-x86-64.so.2' });
const MUSL = elf({ interpreter: '/lib/ld-musl-x86_64.so.1' });
const OTHER = elf({ interpreter: '/opt/ld.so' });

test.each([
  ['static', goProgram(elf()), undefined, ''],
  ['static-pie', goProgram(elf({ type: 3 })), undefined, ''],
  ['glibc', goProgram(GLIBC), 'The program needs glibc (/lib64/ld-linux-x86-64.so.2)', 'Alpine'],
  ['musl', goProgram(MUSL), 'The program needs musl (/lib/ld-musl-x86_64.so.1)', 'Debian'],
  ['a script', goProgram('#!/bin/sh\n'), undefined, ''],
  ['python', withFiles({ 'main.py': GLIBC }), undefined, ''],
])('%s', async (_, files, message, image) => {
  const [found] = await findingsOf(programNotStatic, { files });
  expect(found?.message).toBe(message);
  expect(found?.effect ?? '').toContain(image);
});

test('an unusual loader is named', async () => {
  const [found] = await findingsOf(programNotStatic, { files: goProgram(OTHER) });
  expect(found?.message).toMatch(/^The program needs .*\(\/opt\/ld\.so\)$/);
});
