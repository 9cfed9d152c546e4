import { expect, it } from 'vitest';
import { filesIn } from '../../../../src/lint/subject/entries.ts';
import type { Entry } from '../../../../src/model/view.ts';

const file = (path: string): Entry => ({ path, rawName: path, kind: 'file', size: 1, mode: null });

it('the files of a kind are looked for once, however many rules ask', () => {
  const entries = ['a.json', 'b.txt', 'a.json', 'c.json'].map(file);
  let asked = 0;
  const isJson = (path: string): boolean => {
    asked += 1;
    return path.endsWith('.json');
  };
  const found = filesIn(entries, isJson);
  expect(found.map(({ path }) => path)).toEqual(['a.json', 'c.json']);
  expect(filesIn(entries, isJson)).toBe(found);
  expect(asked).toBe(entries.length);
  expect(filesIn([...entries], isJson)).toEqual(found);
});
