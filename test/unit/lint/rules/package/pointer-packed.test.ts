import { describe, expect, it } from 'vitest';
import { pointerPacked } from '../../../../../src/lint/rules/package/pointer-packed.ts';
import { findingsOf } from '../../check-rule.ts';
import { withFiles } from '../../plugin-files.ts';

const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 12345678\n`;

describe('a pointer in the place of a file', () => {
  it.each([
    [
      'of Git LFS',
      LFS,
      'Run git lfs pull in the project (in GitHub Actions: actions/checkout with lfs: true)',
    ],
    ['of Git LFS with CRLF', LFS.replaceAll('\n', '\r\n'), 'git lfs pull'],
    ['of git-annex', '/annex/objects/SHA256E-s100--4d.onnx\n', 'git annex get .'],
    [
      'of git-annex, once a link',
      '../.git/annex/objects/x/y/SHA256E-s1--a/SHA256E-s1--a',
      'git annex get .',
    ],
  ])('is found: %s', async (_name, text, hint) => {
    for (const form of ['directory', 'zip'] as const) {
      const files = withFiles({ 'models/m.tflite': text });
      const found = await findingsOf(pointerPacked, { files, form });
      expect(found).toMatchObject([
        { file: 'models/m.tflite', severity: 'warning', hint: expect.stringContaining(hint) },
      ]);
    }
  });

  it('is found where DVC has the file', async () => {
    const files = withFiles({ 'm.onnx.dvc': 'outs:\n- md5: a\n  path: m.onnx\n' });
    const found = await findingsOf(pointerPacked, { files });
    expect(found.map(({ message }) => message)).toEqual([
      'DVC describes m.onnx here, and the file itself is not there',
    ]);
    const fetched = { files: { ...files, 'm.onnx': 'x' } };
    expect(await findingsOf(pointerPacked, fetched)).toEqual([]);
    expect(await findingsOf(pointerPacked, { files, leftOut: { 'm.onnx': '"*.onnx"' } })).toEqual(
      [],
    );
  });

  it.each([
    ['a text about Git LFS', `# ${LFS}`],
    ['a long file that begins like one', LFS.padEnd(5000, 'x')],
    ['a version file', 'version 1\n'],
    ['an empty file', ''],
  ])('is not %s', async (_name, text) => {
    expect(await findingsOf(pointerPacked, { files: withFiles({ 'a.txt': text }) })).toEqual([]);
  });
});
