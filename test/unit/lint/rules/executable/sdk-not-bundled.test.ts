import { expect, test } from 'vitest';
import { sdkNotBundled } from '../../../../../src/lint/rules/executable/sdk-not-bundled.ts';
import { findingsOf } from '../../check-rule.ts';
import { goProgram } from '../../plugin-files.ts';

const NODE = '#!/usr/bin/env node\n';

test.each([
  ['a bundle', `${NODE}// node_modules/kplugin/dist/sdk/index.js\nfunction startPlugin() {}\n`, 0],
  ['a require', `${NODE}const sdk = require('kplugin/sdk');\n`, 1],
  ['a minified require', `${NODE}var a=require("kplugin/sdk");`, 1],
  ['an import', `${NODE}import { startPlugin } from 'kplugin/sdk';\n`, 1],
  ['a minified import', `${NODE}import{a}from"kplugin/sdk";`, 1],
  ['a dynamic import', `${NODE}import('kplugin/sdk').then(start);\n`, 1],
  ['another package', `${NODE}require('kplugin/sdk-of-mine');\n`, 0],
  ['another program', '#!/usr/bin/env python3\nx = \'require("kplugin/sdk")\'\n', 0],
])('%s', async (_, text, count) => {
  expect(await findingsOf(sdkNotBundled, { files: goProgram(text) })).toHaveLength(count);
});

test('the package may hold it', async () => {
  const files = goProgram(`${NODE}require('kplugin/sdk');\n`, {
    'node_modules/kplugin/package.json': '{}',
  });
  expect(await findingsOf(sdkNotBundled, { files })).toEqual([]);
});
