import { expect, it } from 'vitest';
import { addFoldersAbove } from '../../../../src/package/plan/planned-entries.ts';

class CountedSet extends Set<string> {
  asked = 0;

  override has(value: string): boolean {
    this.asked += 1;
    return super.has(value);
  }
}

it('collects every folder above a path, and of thousands of deep paths looks at each folder once', () => {
  const known = new CountedSet();
  addFoldersAbove('a/b/c.txt', known);
  addFoldersAbove('a/d.txt', known);
  addFoldersAbove('e.txt', known);
  expect([...known].sort()).toEqual(['a', 'a/b']);
  known.asked = 0;
  const deep = 'x/'.repeat(60);
  for (let file = 0; file < 5000; file += 1) addFoldersAbove(`${deep}${file}`, known);
  expect(known.size).toBe(62);
  expect(known.asked).toBeLessThanOrEqual(5000 + 60);
});
