import { expect, test } from 'vitest';
import { unsupportedCompression } from '../../../../../src/lint/rules/package/unsupported-compression.ts';
import { findingsOf } from '../../check-rule.ts';

const LZMA = {
  kind: 'unsupported-compression' as const,
  entry: 'model.bin',
  detail: 'is compressed by method 14',
};

test.each([
  ['none', [], undefined],
  ['LZMA', [LZMA], 'The entry is compressed by method 14'],
])('%s', async (_, problems, message) => {
  const spec = { files: {}, form: 'zip' as const, problems };
  const [found] = await findingsOf(unsupportedCompression, spec);
  expect(found?.message).toBe(message);
  expect(found?.effect.includes('zip: unsupported compression algorithm') ?? false).toBe(
    message !== undefined,
  );
});
