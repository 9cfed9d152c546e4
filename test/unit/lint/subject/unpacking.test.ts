import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingParents } from '../../../../src/lint/subject/unpacking.ts';
import type { Entry } from '../../../../src/model/view.ts';

const entryOf = (...segments: readonly string[]) =>
  fc
    .tuple(fc.array(fc.constantFrom(...segments), { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([names, directory]): Entry => {
      const path = names.join('/');
      const kind = directory ? 'directory' : 'file';
      return { path, rawName: directory ? `${path}/` : path, kind, size: 0, mode: 0o644 };
    });

/** A file system that makes one level at a time, the slow and plain way. */
function unpacks(entries: readonly Entry[]): boolean {
  const there = { plugin: new Set(['.']), data: new Set(['.', 'sources', 'sinks', 'functions']) };
  return entries.every(({ path, kind }) => {
    const root = /^(sources|sinks|functions)\//.test(path) ? there.data : there.plugin;
    const dirs = path.split('/').slice(0, kind === 'directory' ? undefined : -1);
    const folder = dirs.join('/') || '.';
    const above = dirs.slice(0, -1).join('/') || '.';
    if (!root.has(folder) && !root.has(above)) return false;
    root.add(folder);
    return true;
  });
}

test('finds a fault exactly where one-level mkdir fails', () => {
  fc.assert(
    fc.property(fc.array(entryOf('a', 'b', 'sources', 'x.txt'), { maxLength: 12 }), (entries) => {
      expect(missingParents(entries).length === 0).toBe(unpacks(entries));
    }),
  );
});

test('entries with every folder before them never fail', () => {
  fc.assert(
    fc.property(fc.array(entryOf('a', 'b', 'x.txt'), { maxLength: 12 }), (entries) => {
      const folders = entries.flatMap(({ path }) => {
        const names = path.split('/');
        return names.map((_, index) => names.slice(0, index + 1).join('/'));
      });
      const sorted = [...new Set(folders)].sort().map((path) => {
        return { path, rawName: `${path}/`, kind: 'directory' as const, size: 0, mode: 0o755 };
      });
      expect(missingParents([...sorted, ...entries])).toEqual([]);
    }),
  );
});
