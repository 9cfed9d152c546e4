import { expect, test } from 'vitest';
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
