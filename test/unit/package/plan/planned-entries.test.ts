import { describe, expect, it } from 'vitest';
import {
  addFoldersAbove,
  caseConflicts,
  insidePath,
  nameProblem,
} from '../../../../src/package/plan/planned-entries.ts';

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

describe('names in a package', () => {
  it.each([
    ['main.py', null],
    ['..hidden', null],
    ['a b.txt', null],
    ['模型.onnx', null],
    ['CONTRIBUTING.md', null],
    ['com.json', null],
    ['a\\b', 'backslash-name'],
    ['a\nb', 'bad-name'],
    ['a\u0000b', 'bad-name'],
    ['a\u007fb', 'bad-name'],
    ['a\ufffdb', 'bad-name'],
    ['con', 'bad-name'],
    ['NUL.txt', 'bad-name'],
    ['Com1.log', 'bad-name'],
    ['LPT9', 'bad-name'],
    ['what?', 'bad-name'],
    ['a:b', 'bad-name'],
    ['trailing.', 'bad-name'],
    ['trailing ', 'bad-name'],
  ])('%j: %s', (name, kind) => {
    expect(nameProblem(name)?.kind ?? null).toBe(kind);
  });
});

describe('names that fall together', () => {
  it.each([
    [['README', 'readme'], 1],
    [['a/x', 'A/y'], 0],
    [['a', 'a/x', 'A', 'A/x'], 2],
    [['caf\u00e9', 'cafe\u0301'], 1],
    [['a', 'b'], 0],
  ])('%j: %d', (paths, count) => {
    const entries = paths.map((path) => ({
      path,
      rawName: path,
      kind: 'file' as const,
      size: 0,
      mode: 0o644,
    }));
    expect(caseConflicts(entries)).toHaveLength(count);
  });
});

describe('paths inside a folder', () => {
  it.each([
    ['/a', '/a/b/c', 'b/c'],
    ['/a', '/a', ''],
    ['/a', '/a/..b', '..b'],
    ['/a', '/b', null],
    ['/a', '/ab', null],
    ['/a/b', '/a', null],
  ])('%s %s: %s', (folder, file, expected) => {
    expect(insidePath(folder, file)).toBe(expected);
  });
});
