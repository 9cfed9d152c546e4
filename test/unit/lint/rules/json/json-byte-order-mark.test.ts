import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { jsonByteOrderMark } from '../../../../../src/lint/rules/json/json-byte-order-mark.ts';
import { findingsOf, GOOD_FILES } from '../../check-rule.ts';
import { testUnreadable } from './unreadable-file.ts';

testUnreadable(jsonByteOrderMark, {
  bad: '\ufeff{}',
  says: '1:1 The file begins with a byte-order mark',
  other: '{"a": nul}',
});

test('UTF-16, as PowerShell writes it', async () => {
  const bytes = new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]);
  const files = { ...GOOD_FILES, 'probe.json': bytes };
  const [finding] = await findingsOf(jsonByteOrderMark, { files });
  expect(finding?.message).toContain('UTF-16');
  expect(finding?.effect).toContain("invalid character 'ÿ'");
});

const NAMES = ["it's", '$(touch hurt)', '-i', 'a b', '`touch hurt`', '温度', 'a\nb'];
const TEXT = '{"name":\n"\ufeff温度"}\n';

test
  .runIf(process.platform === 'linux')
  .each(
    NAMES.flatMap((name) =>
      [
        ['UTF-8', Buffer.from(`\ufeff${TEXT}`)] as const,
        ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')] as const,
        ['UTF-16, big-endian', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()] as const,
      ].map(([encoding, bytes]) => [name, encoding, bytes] as const),
    ),
  )('the command for %j in %s works as it is', async (name, _encoding, bytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'kplugin-mark-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'functions'));
  const path = `functions/${name}.json`;
  writeFileSync(join(folder, path), bytes);
  const [finding] = await findingsOf(jsonByteOrderMark, {
    files: { ...GOOD_FILES, [path]: bytes },
  });
  const command = /: ((?:sed|iconv) .*)$/s.exec(finding?.hint ?? '')?.[1] ?? 'false';
  execFileSync('bash', ['-c', command], { cwd: folder });
  expect(readFileSync(join(folder, path), 'utf8')).toBe(TEXT);
  expect(execFileSync('find', ['.', '-type', 'f', '-printf', 'x'], { cwd: folder }).length).toBe(1);
});

test('the manifest may begin with a dash', async () => {
  const { 'probe.json': manifest = '', ...others } = GOOD_FILES;
  const files = { ...others, '-p.json': `\ufeff${manifest}` };
  const [finding] = await findingsOf(jsonByteOrderMark, { files, label: '-p' });
  expect(finding?.hint).toMatch(/: sed -i '1s\/\^\\xEF\\xBB\\xBF\/\/' \.\/-p\.json$/);
});

test('UTF-32 is called so', async () => {
  const bytes = Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0, 0x7d, 0, 0, 0]);
  const files = { ...GOOD_FILES, 'probe.json': bytes };
  const [finding] = await findingsOf(jsonByteOrderMark, { files });
  expect(finding?.message).toBe('The file is UTF-32; JSON for eKuiper must be UTF-8');
  expect(finding?.hint).toContain('iconv -f UTF-32 -t UTF-8 probe.json');
});
