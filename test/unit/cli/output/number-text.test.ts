import { describe, expect, it } from 'vitest';
import { modeText, sizeText } from '../../../../src/cli/output/number-text.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_950, '1.0 MB'],
    [1_073_741_824, '1.1 GB'],
    [5e15, '5000 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it.each([
    [0o755, '0755'],
    [0o4755, '4755'],
    [0, '0000'],
    [null, '-'],
  ])('mode %s is %s', (mode, text) => {
    expect(modeText(mode)).toBe(text);
  });
});
