import { expect, test } from 'vitest';
import { linkOutside } from '../../../../../src/lint/rules/package/link-outside.ts';
import { findingsOf } from '../../check-rule.ts';

const LINK = {
  kind: 'symlink-outside' as const,
  entry: 'models/big.onnx',
  detail: 'is a link to /data/big.onnx, outside the project',
};

test.each([
  ['none', [], []],
  ['one', [LINK], ['models/big.onnx: The file is a link to /data/big.onnx, outside the project']],
])('%s', async (_, problems, expected) => {
  const found = await findingsOf(linkOutside, { files: {}, problems });
  expect(found.map(({ file, message }) => `${file}: ${message}`)).toEqual(expected);
});
