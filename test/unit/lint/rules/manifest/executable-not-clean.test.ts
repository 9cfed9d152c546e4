import { expect, test } from 'vitest';
import { executableNotClean } from '../../../../../src/lint/rules/manifest/executable-not-clean.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

const WHERE = 'Write its path inside the package, such as "main.py"';

test.each([
  ['main.py', undefined],
  ['app/main.py', undefined],
  ['..main.py', undefined],
  ['', undefined],
  ['./main.py', 'Write "executable": "main.py"'],
  ['main/', 'Write "executable": "main"'],
  ['app//main.py', 'Write "executable": "app/main.py"'],
  ['app/../main.py', 'Write "executable": "main.py"'],
  ['app\\main.py', 'Write "executable": "app/main.py"'],
  ['.\\main.py', 'Write "executable": "main.py"'],
  [' main.py', 'Write "executable": "main.py"'],
  ['/main.py', WHERE],
  ['C:\\main.exe', WHERE],
  ['../main.py', WHERE],
  ['.', WHERE],
])('%j', async (executable, hint) => {
  const [found] = await findingsOf(executableNotClean, { files: withManifest({ executable }) });
  expect(found?.hint).toBe(hint);
  if (hint !== undefined) expect(found?.effect).toContain(`: missing ${executable}"`);
});
