import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinkEnd, Links } from '../../../../src/package/files/links.ts';

function inFolder(work: (folder: string) => void): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'links-')));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the system says. */
function systemFollows(path: string): LinkEnd | null {
  try {
    const stats = statSync(path);
    const kind = stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'other';
    return { real: realpathSync.native(path), kind };
  } catch {
    return null;
  }
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const FOLDERS = ['', 'sub/', 'sub/deep/'];

describe('Links', () => {
  it('lead where the system says', () => {
    const place = fc
      .tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES))
      .map((pair) => pair.join(''));
    const piece = fc.oneof(
      fc.constantFrom(...NAMES, 'file', 'gone', 'sub', 'deep', 'sub/deep'),
      fc.constantFrom('.', '..', '..', '', './.', 'x'.repeat(256)),
    );
    const target = fc.tuple(
      fc.constantFrom('', '', '', 'ROOT/', '/'),
      fc.array(piece, { minLength: 1, maxLength: 5 }),
    );
    const links = fc.uniqueArray(fc.tuple(place, target), {
      selector: ([link]) => link,
      minLength: 1,
      maxLength: 12,
    });
    let ends = 0;
    const property = fc.property(links, (pairs) =>
      inFolder((folder) => {
        mkdirSync(join(folder, 'sub/deep'), { recursive: true });
        writeFileSync(join(folder, 'file'), '');
        writeFileSync(join(folder, 'sub/file'), '');
        for (const [link, [front, names]] of pairs) {
          symlinkSync((front + names.join('/')).replace('ROOT', folder) || '.', join(folder, link));
        }
        const own = new Links();
        const found = pairs.map(([link]) => own.follow(join(folder, link)));
        expect(found).toEqual(pairs.map(([link]) => systemFollows(join(folder, link))));
        ends += found.filter((end) => end !== null).length;
      }),
    );
    fc.assert(property, { numRuns: 500, seed: 20261130 });
    expect(ends).toBeGreaterThan(300);
  });

  it('are followed as far as Linux follows them, by one path and by its parts', () => {
    inFolder((folder) => {
      const at = (index: number): string => join(folder, `a${index}`);
      mkdirSync(at(60));
      mkdirSync(join(at(60), 'b'));
      for (let index = 59; index >= 0; index -= 1) symlinkSync(`./a${index + 1}`, at(index));
      for (let index = 0; index < 60; index += 1)
        symlinkSync(`a${index}/../a50/b`, join(folder, `b${index}`));
      for (const order of [1, -1]) {
        const own = new Links();
        const paths = Array.from({ length: 60 }, (_, index) => [
          at(index),
          join(folder, `b${index}`),
        ]).flat();
        if (order < 0) paths.reverse();
        expect(paths.map((path) => own.follow(path))).toEqual(paths.map(systemFollows));
      }
    });
  });

  it('to names that are not UTF-8, pipes, and nothing', () => {
    inFolder((folder) => {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xe4)]), '');
      symlinkSync(Buffer.of(0xe4), join(folder, 'latin'));
      symlinkSync('\u00e4', join(folder, 'gone'));
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      symlinkSync('pipe', join(folder, 'to-pipe'));
      const own = new Links();
      expect(own.follow(join(folder, 'latin'))?.kind).toBe('file');
      expect(own.follow(join(folder, 'gone'))).toBeNull();
      expect(own.follow(join(folder, 'to-pipe'))?.kind).toBe('other');
      expect(own.follow(join(folder, 'pipe'))).toBeNull();
      expect(own.follow(join(folder, 'nothing'))).toBeNull();
    });
  });

  const MANY = 1000;
  it.each<[string, (index: number, folder: string) => string, number]>([
    ['a circle', (index) => `${'./'.repeat(2000)}a${(index + 1) % MANY}`, 0],
    [
      'a circle through the folder above',
      (index, folder) => `${`../${folder}/`.repeat(200)}a${(index + 1) % MANY}`,
      0,
    ],
    ['a circle backwards', (index) => `a${(index + MANY - 1) % MANY}`, 0],
    ['to itself, with names behind', (index) => `a${index}${'/y'.repeat(2000)}`, 0],
    ['a chain to a file', (index, folder) => `../${folder}/${'./'.repeat(1900)}a${index + 1}`, 40],
    ['a chain backwards', (index, folder) => `../${folder}/a${index - 1}`, 0],
    ['each to the file', (_, folder) => `${`../${folder}/`.repeat(200)}a${MANY}`, MANY],
  ])('many in a row: %s', (_name, target, ends) => {
    inFolder((folder) => {
      const name = folder.slice(folder.lastIndexOf('/') + 1);
      writeFileSync(join(folder, `a${MANY}`), '');
      for (let index = 0; index < MANY; index += 1)
        symlinkSync(target(index, name), join(folder, `a${index}`));
      const own = new Links();
      const found = Array.from({ length: MANY }, (_, index) =>
        own.follow(join(folder, `a${index}`)),
      );
      expect(found.filter((end) => end !== null)).toHaveLength(ends);
    });
  });
});
