import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readGroups } from '../../../../src/emulator/runtime/source-config.ts';
import { decodeReply } from '../../../../src/emulator/runtime/symbols/function.ts';
import { decodeMessage } from '../../../../src/emulator/runtime/symbols/source.ts';

const BEYOND = '9007199254740993';
const ROUNDED = 9007199254740992;

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Go decodes JSON numbers into float64 there, and writes them again without the last digit.
it('rounds what plugins send as eKuiper does', () => {
  const message = decodeMessage(Buffer.from(`{"message":{"id":${BEYOND}},"meta":null}`));
  expect(message).toMatchObject({ message: { id: ROUNDED } });
  expect(decodeReply(Buffer.from(`{"state":true,"result":${BEYOND}}`))?.result).toBe(ROUNDED);
});

// yaml.v3 has int64 there, which eKuiper hands on as it is: a limit of kplugin, told in docs/cases.md.
it('rounds the YAML of a source, which eKuiper does not', async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kplugin-whole-'));
  mkdirSync(path.join(folder, 'sources'));
  writeFileSync(path.join(folder, 'sources/s.yaml'), `default:\n  id: ${BEYOND}\n`);
  expect(await readGroups(folder, 's', '2.4')).toEqual({ default: { id: ROUNDED } });
});
