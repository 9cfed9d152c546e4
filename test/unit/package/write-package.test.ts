import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planPackage } from '../../../src/package/plan/plan.ts';
import { entryDate } from '../../../src/package/write/write-zip.ts';
import { comparePackage, writePackage } from '../../../src/package/write-package.ts';
import { withDamage } from '../../fixtures/hostile-zip.ts';
import { makeZip } from '../../fixtures/make-zip.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();
const date = entryDate(undefined);
const TREE = { 'a.txt': 'a', 'b/c.txt': 'c' };
const entriesOf = async (root: string) => (await planPackage(root)).entries;

async function compareWith(zip: Buffer) {
  const file = join(folder(), 'x.zip');
  writeFileSync(file, zip);
  return comparePackage(await entriesOf(folder(TREE)), file, { date });
}

describe('comparing a package with what would be packed', () => {
  const right = [
    { name: 'a.txt', text: 'a' },
    { name: 'b/', dir: true },
    { name: 'b/c.txt', text: 'c' },
  ];

  it('finds the same bytes', async () => {
    const file = join(folder(), 'x.zip');
    const first = await writePackage(await entriesOf(folder(TREE)), file, { date, now: 0 });
    expect(first.result).toBe('new');
    const again = await entriesOf(folder(TREE));
    expect(await comparePackage(again, file, { date })).toMatchObject({
      identical: true,
      differences: [],
    });
    expect(await writePackage(again, file, { date, now: 0 })).toMatchObject({
      result: 'unchanged',
    });
    expect(
      await writePackage(await entriesOf(folder({ 'a.txt': 'b' })), file, { date, now: 0 }),
    ).toMatchObject({ result: 'replaced' });
  });

  it('finds nothing else in other bytes of the same content', async () => {
    expect(await compareWith(makeZip(right))).toMatchObject({ identical: false, differences: [] });
  });

  it.each([
    ['content', [{ ...right[0], name: 'a.txt', text: 'x' }, ...right.slice(1)], 'a.txt'],
    ['mode', [{ name: 'a.txt', text: 'a', mode: '755' }, ...right.slice(1)], 'a.txt'],
    ['missing', right.slice(1), 'a.txt'],
    ['missing', [right[0], right[2]].flatMap((entry) => entry ?? []), 'b'],
    ['extra', [...right, { name: 'd.txt' }], 'd.txt'],
    ['name', [{ name: './a.txt', text: 'a' }, ...right.slice(1)], 'a.txt'],
    ['order', [...right.slice(1), { name: 'a.txt', text: 'a' }], 'a.txt'],
  ])('finds %s', async (what, specs, path) => {
    expect((await compareWith(makeZip(specs))).differences).toEqual([{ path, what }]);
  });

  it('finds damage and what is no zip', async () => {
    const damaged = withDamage(makeZip([{ name: 'a.txt', text: 'a' }]));
    expect((await compareWith(damaged)).differences).toContainEqual({
      path: 'a.txt',
      what: 'unreadable',
    });
    const { differences } = await compareWith(Buffer.from('hello'));
    expect(differences.map(({ what }) => what)).toContain('unreadable');
  });
});
