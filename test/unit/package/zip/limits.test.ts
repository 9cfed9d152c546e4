import { describe, expect, it } from 'vitest';
import { MAX_ENTRIES, MAX_NAMES, planProblems } from '../../../../src/package/zip/limits.ts';

const kinds = (entries: Parameters<typeof planProblems>[0]) =>
  planProblems(entries).map(({ kind }) => kind);

/** Entries whose names have so many bytes together. */
const named = (bytes: number) => [
  { path: 'é', size: 1 },
  { path: 'a'.repeat(bytes - 2), size: 1 },
];

describe('what is packed is what is read again', () => {
  it.each([
    ['few entries', named(1000), []],
    ['names of the most bytes', named(MAX_NAMES), []],
    ['names of one byte more', named(MAX_NAMES + 1), ['too-many-entries']],
    ['the most entries', Array(MAX_ENTRIES).fill({ path: 'a', size: 0 }), []],
    ['one entry more', Array(MAX_ENTRIES + 1).fill({ path: 'a', size: 0 }), ['too-many-entries']],
  ])('%s', (_name, entries, problems) => {
    expect(kinds(entries)).toEqual(problems);
  });
});
