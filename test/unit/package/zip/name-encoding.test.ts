import { describe, expect, it } from 'vitest';
import { guessName } from '../../../../src/package/zip/name-encoding.ts';

describe('the code page of a name', () => {
  it.each<[string, string, string]>([
    ['c4a3d0cd2e6f6e6e78', 'GBK (Chinese Windows)', '模型.onnx'],
    ['cee5b2e2ca bd2e7079'.replace(' ', ''), 'GBK (Chinese Windows)', '五测式.py'],
    ['8382836683 8b2e6f6e6e78'.replace(' ', ''), 'Shift-JIS (Japanese Windows)', 'モデル.onnx'],
    ['82b182f182c982bf82cd', 'Shift-JIS (Japanese Windows)', 'こんにちは'],
    ['636166e92e747874', 'Latin-1 (Windows-1252)', 'café.txt'],
    ['63616682 2e747874'.replace(' ', ''), 'cp437 (DOS)', 'café.txt'],
    ['6d816c6c2e6a736f6e', 'cp437 (DOS)', 'müll.json'],
    ['ff', 'Latin-1 (Windows-1252)', 'ÿ'],
  ])('%s is %s', (hex, encoding, text) => {
    expect(guessName(Buffer.from(hex, 'hex'))).toEqual({ encoding, text });
  });
});
