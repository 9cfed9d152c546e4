import { posix } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { followLinks, type LinkTree, PathNode } from '../../../../src/package/repack/zip-links.ts';

type Told = { readonly path: string } | 'outside' | 'circle';

/** Link by link, as it is said: the first link in a path is replaced by what it says, at most 40 times. */
function plainly(path: string, targets: ReadonlyMap<string, string>): Told {
  let at = path;
  for (let steps = 0; steps < 40; steps += 1) {
    const names = at.split('/');
    const parts = names.map((_, index) => names.slice(0, index + 1).join('/'));
    const link = parts.find((part) => targets.has(part));
    if (link === undefined) return { path: at };
    const target = targets.get(link) ?? '';
    const next = posix.normalize(`${posix.dirname(link)}/${target}${at.slice(link.length)}`);
    if (target.startsWith('/') || next === '..' || next.startsWith('../')) return 'outside';
    at = next.replace(/\/$/, '');
  }
  return 'circle';
}

function treeOf(targets: ReadonlyMap<string, string>, files: readonly string[] = []): LinkTree {
  const root = new PathNode();
  for (const file of files) root.add(file);
  for (const path of targets.keys()) {
    root.add(path).link = { path, end: null, isBeingFollowed: false };
  }
  return { root, read: async (path) => Buffer.from(targets.get(path) ?? '') };
}

async function told(path: string, tree: LinkTree): Promise<Told> {
  const end = await followLinks(path, tree);
  if (end.ok) return { path: end.node.path || '.' };
  if (end.kind === 'symlink-outside') return 'outside';
  return end.missing === null ? 'circle' : { path: end.missing };
}

/** One after the other, as {@link followLinks} is used. */
async function allTold(paths: Iterable<string>, tree: LinkTree): Promise<Told[]> {
  const all: Told[] = [];
  for (const path of paths) all.push(await told(path, tree));
  return all;
}

function chain(length: number, last: string): Map<string, string> {
  const at = (index: number): string => (index + 1 < length ? `a${index + 1}` : last);
  return new Map(Array.from({ length }, (_, index) => [`a${index}`, at(index)]));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('followLinks', () => {
  it('decides as link by link', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const piece = fc.constantFrom('a', 'b', 'c', 'd', 'x', '.', '..', '');
    const target = fc.array(piece, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
    const links = fc.array(fc.tuple(path, target), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(links, fc.array(path, { maxLength: 4 }), async (pairs, files) => {
        const targets = new Map(pairs);
        const tree = treeOf(targets, files);
        const paths = [...targets.keys()];
        expect(await allTold(paths, tree)).toEqual(paths.map((link) => plainly(link, targets)));
      }),
      { numRuns: 5_000, seed: 13 },
    );
  });

  it.each([38, 39, 40, 41, 42, 200])('decides as link by link in a chain of %i', async (length) => {
    for (const end of ['file', 'gone', '../out', '/out', 'a0', `a${length - 1}`]) {
      const targets = chain(length, end);
      const plain = [...targets.keys()].map((link) => plainly(link, targets));
      expect(await allTold(targets.keys(), treeOf(targets, ['file']))).toEqual(plain);
      const backwards = [...targets.keys()].reverse();
      expect(await allTold(backwards, treeOf(targets, ['file']))).toEqual(plain.reverse());
    }
  });

  it('follows no link that says more than Linux takes', async () => {
    const targets = new Map([
      ['most', `${'./'.repeat(2045)}.file`],
      ['more', `${'./'.repeat(2046)}.file`],
    ]);
    const tree = treeOf(targets, ['.file']);
    expect(targets.get('most')).toHaveLength(4095);
    expect(await followLinks('most', tree)).toMatchObject({ ok: true, node: { path: '.file' } });
    expect(await followLinks('more', tree)).toMatchObject({
      ok: false,
      kind: 'unreadable',
      detail: 'is a link to a path that is longer than Linux takes',
    });
  });

  it('shows the start of a long path', async () => {
    const tree = treeOf(new Map([['a', 'b/'.repeat(2000)]]));
    expect(await followLinks('a', tree)).toMatchObject({
      detail: `is a link to ${'b/'.repeat(100)}..., which the zip does not hold`,
    });
  });

  it.each<[string, (index: number) => string]>([
    ['a chain', (index) => `a${index + 1}`],
    ['a circle', (index) => `a${(index + 1) % 20_000}`],
    ['three times the next', (index) => `a${index + 1}/a${index + 1}/a${index + 1}`],
    ['all to one', () => 'a0/b/c'],
  ])('looks up each name at most twice, and reads each link once: %s', async (_name, target) => {
    const targets = new Map(
      Array.from({ length: 20_000 }, (_, index) => [`a${index}`, target(index)]),
    );
    const { root, read } = treeOf(targets);
    let reads = 0;
    const counted = (path: string): Promise<Uint8Array> => {
      reads += 1;
      return read(path);
    };
    const most = [...targets.values()].reduce((sum, text) => sum + 2 * text.split('/').length, 0);
    const plain = PathNode.prototype.child;
    let lookups = 0;
    vi.spyOn(PathNode.prototype, 'child').mockImplementation(function (this: PathNode, name) {
      lookups += 1;
      return plain.call(this, name);
    });
    for (const link of targets.keys()) await followLinks(link, { root, read: counted });
    expect(reads).toBe(targets.size);
    // And the link's own name, which is looked up once more when the link has been followed.
    expect(lookups).toBeLessThanOrEqual(most + 2 * targets.size);
    expect(lookups).toBeGreaterThanOrEqual(targets.size);
  });
});
