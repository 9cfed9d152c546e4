import { expect, it } from 'vitest';
import { filesTotal, filesView } from '../../../../../src/commands/diff/text/diff-plugins-view.ts';
import type { FileChange, FileState } from '../../../../../src/package/diff/file-changes.ts';
import { plain } from '../../../../fixtures/plain.ts';

const file: FileState = {
  kind: 'file',
  size: 1,
  mode: 0o644,
  sha256: 'ab'.repeat(32),
  rawName: null,
};
const folder: FileState = { kind: 'directory', size: 0, mode: 0o755, sha256: null, rawName: null };

function added(path: string, after: FileState): FileChange {
  return { path, what: 'added', before: null, after, text: null };
}

function removed(path: string, before: FileState): FileChange {
  return { path, what: 'removed', before, after: null, text: null };
}

it('leaves out a folder that comes or goes with a file in it, however deep, and no other', () => {
  const changes = [
    added('a', folder),
    added('a/b', folder),
    added('a/b/c.txt', file),
    added('empty', folder),
    removed('old', folder),
    removed('other/x.txt', file),
    added('other', folder),
  ];
  expect(
    plain(filesView(changes))
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[1]),
  ).toEqual([undefined, 'a/b/c.txt', 'empty/', 'old/', 'other/x.txt', 'other/', undefined]);
  expect(filesTotal(changes)).toBe('5 files differ: 3 added, 2 removed');
});

it('writes each of many lines once, in their order, without spaces at their ends', () => {
  const changes = Array.from({ length: 1203 }, (_, index) => added(`f${index}`, file));
  const lines = plain(filesView([...changes, added('g', folder)])).split('\n');
  expect(lines.slice(1, -2).map((line) => line.split(/\s+/)[2])).toEqual(
    changes.map(({ path }) => path),
  );
  expect(lines.at(-1)).toBe('');
  expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
});
