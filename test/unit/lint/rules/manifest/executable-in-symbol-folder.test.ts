import { expect, test } from 'vitest';
import { executableInSymbolFolder } from '../../../../../src/lint/rules/manifest/executable-in-symbol-folder.ts';
import { findingsOf } from '../../check-rule.ts';
import { withManifest } from '../../plugin-files.ts';

test.each([
  ['main.py', undefined],
  ['app/sources/main.py', undefined],
  ['sourcesx/main.py', undefined],
  ['sources', undefined],
  ['sources/main.py', 'Move it out of sources/ and write "executable": "main.py"'],
  ['sinks/bin/run', 'Move it out of sinks/ and write "executable": "run"'],
  ['functions/main.py', 'Move it out of functions/ and write "executable": "main.py"'],
])('%s', async (executable, hint) => {
  const files = withManifest({ executable });
  expect((await findingsOf(executableInSymbolFolder, { files }))[0]?.hint).toBe(hint);
});
