import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { memoryContent } from '../../../../src/package/files/content.ts';
import { searchCompressed, unpackBudget } from '../../../../src/package/plan/compressed-files.ts';

const GZ = gzipSync('x');

test('of all files together so many members are unpacked, and the files behind them are not even read', async () => {
  const budget = { ...unpackBudget(), starts: 2 };
  const search = () => searchCompressed(memoryContent(GZ), GZ.length, budget);
  const ends = [await search(), await search()];
  expect(ends.map(({ unsearched }) => unsearched)).toEqual([null, null]);
  const unread = { bytes: () => Promise.reject(new Error()), stream: () => Promise.reject() };
  const last = await searchCompressed(unread, GZ.length, budget);
  expect(last).toEqual({ found: null, unsearched: 'limit' });
});
