import { describe, expect, it } from 'vitest';
import { contentDigest } from '../../../../src/package/files/content.ts';
import { entryDate } from '../../../../src/package/write/write-zip.ts';

describe('the date of every entry', () => {
  it.each([
    [undefined, '1980-01-01T00:00:00.000Z'],
    ['', '1980-01-01T00:00:00.000Z'],
    ['0', '1980-01-01T00:00:00.000Z'],
    ['315532800', '1980-01-01T00:00:00.000Z'],
    ['315532803', '1980-01-01T00:00:02.000Z'],
    ['1700000001', '2023-11-14T22:13:20.000Z'],
    ['99999999999', '2043-12-31T23:59:58.000Z'],
    ['999999999999999', '2043-12-31T23:59:58.000Z'],
  ])('SOURCE_DATE_EPOCH=%s: %s', (value, expected) => {
    expect(entryDate(value).toISOString()).toBe(expected);
  });

  it.each(['-1', '1.5', '1e9', ' 1', '1 ', '0x10', 'now', '2023-11-14', '９'])(
    'refuses %j',
    (value) => {
      expect(() => entryDate(value)).toThrow(
        expect.objectContaining({ code: 'source-date-epoch-invalid', exit: 2 }),
      );
    },
  );
});

describe('the content digest', () => {
  it('is the sha256 of the documented lines', async () => {
    const { createHash } = await import('node:crypto');
    const lines = `0755 a/ -\n0755 a/run ${'1'.repeat(64)}\n0644 b ${'2'.repeat(64)}\n`;
    const digest = contentDigest([
      { path: 'b', kind: 'file', mode: 0o644, sha256: '2'.repeat(64) },
      { path: 'a', kind: 'directory', mode: 0o755, sha256: null },
      { path: 'a/run', kind: 'file', mode: 0o755, sha256: '1'.repeat(64) },
    ]);
    expect(digest).toBe(createHash('sha256').update(lines).digest('hex'));
  });
});
