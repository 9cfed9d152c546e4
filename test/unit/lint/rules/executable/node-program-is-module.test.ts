import { expect, test } from 'vitest';
import { nodeProgramIsModule } from '../../../../../src/lint/rules/executable/node-program-is-module.ts';
import { findingsOf } from '../../check-rule.ts';
import { goProgram, withManifest } from '../../plugin-files.ts';

const NODE = '#!/usr/bin/env node\n';

test.each([
  ['CommonJS', `${NODE}"use strict";\nconst fs = require("node:fs");\nreturn;`, undefined],
  ['an import', `${NODE}import fs from 'node:fs';\n`, 'import'],
  ['an import without spaces', `${NODE}import{a}from"node:fs";`, 'import'],
  ['an export', `${NODE}export const a = 1;\n`, 'export'],
  ['its own address', `${NODE}console.log(import.meta.url);\n`, 'import.meta'],
  ['a top-level await', `${NODE}await start();\n`, 'await'],
  ['a dynamic import', `${NODE}import('node:fs').then(start);\n`, undefined],
  ['such words in a text', `${NODE}const a = \`\nimport b from 'b';\nexport {}\`;\n`, undefined],
  ['such words in a comment', `${NODE}/*\nimport b from 'b';\n*/\n`, undefined],
  ['another fault', `${NODE}const = 1;\n`, undefined],
  ['options', `#!/usr/bin/env -S node --no-warnings\nexport {};\n`, 'export'],
  ['another program', "#!/usr/bin/env deno\nimport a from 'a';\n", undefined],
  ['Windows line ends', `${NODE}export {};\n`.replaceAll('\n', '\r\n'), 'export'],
])('%s', async (_, text, word) => {
  const [found] = await findingsOf(nodeProgramIsModule, { files: goProgram(text) });
  expect(/\((.*)\)/.exec(found?.message ?? '')?.[1]).toBe(word);
});

const MODULE = { text: `${NODE}export {};\n`, mode: 0o755 };

test.each([
  ['run.js', {}, 1],
  ['run.mjs', {}, 0],
  ['run.cjs', {}, 0],
  ['bin/run', {}, 1],
  ['bin/run', { 'bin/package.json': '{"type":"module"}' }, 0],
])('called %s, with %j', async (executable, more, count) => {
  const files = withManifest({ language: 'go', executable }, { [executable]: MODULE, ...more });
  expect(await findingsOf(nodeProgramIsModule, { files })).toHaveLength(count);
});

test('nothing of the program is run', async () => {
  const text = `${NODE}globalThis.wasRun = true; process.exit(3);\n`;
  expect(await findingsOf(nodeProgramIsModule, { files: goProgram(text) })).toEqual([]);
  expect('wasRun' in globalThis).toBe(false);
});

test('a program that no parser likes is no finding of this rule', async () => {
  const text = `${NODE}${'('.repeat(200_000)}`;
  expect(await findingsOf(nodeProgramIsModule, { files: goProgram(text) })).toEqual([]);
});
