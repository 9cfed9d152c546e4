import { describe, expect, it } from 'vitest';
import { durationText, parseDuration } from '../../../src/model/duration.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['90', 90_000],
    ['0.5', 500],
    ['500ms', 500],
    ['1.5m', 90_000],
    ['1m30s', 90_000],
    [' 5m ', 300_000],
    ['2h', 7_200_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 'soon', '-5s', '0', '0s', '5 m', '5d', 's', '1e3s', '600h', '99999999999'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it.each([
    [800, '800 ms'],
    [90_000, '90 s'],
    [60_000, '60 s'],
    [300_000, '5 min'],
    [150_000, '150 s'],
  ])('%d ms reads %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
