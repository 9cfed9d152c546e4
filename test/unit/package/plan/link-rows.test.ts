import { mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkRows } from '../../../../src/package/plan/link-rows.ts';

function inFolder(work: (folder: string) => void): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'link-rows-')));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the system says: whether the link can be followed. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

describe('LinkRows', () => {
  it('calls no link endless that the system can follow', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'file', 'gone');
    const piece = fc.oneof(name, fc.constantFrom('.', '..', '', './.'));
    const target = fc.array(piece, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const links = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), target), {
      selector: ([link]) => link,
      minLength: 1,
    });
    const property = fc.property(links, (pairs) =>
      inFolder((folder) => {
        writeFileSync(join(folder, 'file'), '');
        for (const [link, to] of pairs) symlinkSync(to || '.', join(folder, link));
        const rows = new LinkRows();
        const wrong = pairs.filter(([link]) => {
          return rows.isEndless(join(folder, link)) && isThere(join(folder, link));
        });
        expect(wrong).toEqual([]);
      }),
    );
    fc.assert(property, { numRuns: 500, seed: 13 });
  });

  it('knows the longest chain that Linux follows', () => {
    inFolder((folder) => {
      const at = (index: number): string => join(folder, `a${index}`);
      for (let index = 0; index < 60; index += 1) symlinkSync(`./a${index + 1}`, at(index));
      writeFileSync(at(60), '');
      const rows = new LinkRows();
      const endless = Array.from({ length: 60 }, (_, index) => rows.isEndless(at(index)));
      expect(endless).toEqual(Array.from({ length: 60 }, (_, index) => index < 20));
      if (process.platform !== 'linux') return;
      expect(endless).toEqual(Array.from({ length: 60 }, (_, index) => !isThere(at(index))));
    });
  });

  it.each<[string, (index: number) => string, number]>([
    ['a circle', (index) => `${'./'.repeat(2000)}a${(index + 1) % 20_000}`, 20_000],
    ['a circle backwards', (index) => `a${(index + 19_999) % 20_000}`, 20_000],
    ['to itself, with names behind', (index) => `a${index}${'/y'.repeat(2000)}`, 20_000],
    ['a chain into a circle', (index) => `a${Math.min(index + 1, 19_999)}`, 20_000],
    ['a chain to a file', (index) => `.//a${index + 1}`, 19_960],
    ['out of the folder', (index) => `../a${index + 1}`, 0],
    ['from the root on', (index) => `/a${index + 1}`, 0],
  ])('reads each link once: %s', (_name, target, endless) => {
    const read: string[] = [];
    const rows = new LinkRows((path) => {
      read.push(path);
      if (path === '/p/a20000') throw new Error('EINVAL');
      return target(Number(path.slice('/p/a'.length)));
    });
    const links = Array.from({ length: 20_000 }, (_, index) => `/p/a${index}`);
    expect(links.filter((link) => rows.isEndless(link))).toHaveLength(endless);
    expect(new Set(read).size).toBe(read.length);
    expect(read.length).toBeLessThanOrEqual(links.length + 1);
  });
});
