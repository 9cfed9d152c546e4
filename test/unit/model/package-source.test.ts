import { describe, expect, it } from 'vitest';
import { sourceArgument, sourceLabel } from '../../../src/model/shell-word.ts';

describe('how the thing to install is named', () => {
  it.each([
    ['./probe', './probe', './probe'],
    ['-x.zip', '-x.zip', './-x.zip'],
    ['my plugin', 'my plugin', "'my plugin'"],
    ["it's.zip", "it's.zip", "'it'\\''s.zip'"],
    ['C:\\x\\probe.zip', 'C:\\x\\probe.zip', 'C:\\x\\probe.zip'],
    ['https://ci.example.com/p.zip?token=s3cret#x', 'https://ci.example.com/p.zip', '<zip>'],
    ['https://me:s3cret@ci.example.com/p.zip', 'https://ci.example.com/p.zip', '<zip>'],
  ])('%s', (source, label, argument) => {
    expect(sourceLabel(source)).toBe(label);
    expect(sourceArgument(source)).toBe(argument);
  });
});
