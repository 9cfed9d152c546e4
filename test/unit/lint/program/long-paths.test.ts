import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { goTypeScriptReads } from '../../../../src/lint/program/go-typescript-reads.ts';
import { pythonImports } from '../../../../src/lint/program/python-imports.ts';
import { pythonReads } from '../../../../src/lint/program/python-reads.ts';
import { cleanPath, joinPath } from '../../../../src/model/clean-path.ts';
import { sourceText } from '../../../../src/model/source-text.ts';

const file = (path: string, text: string) => ({
  path,
  bytes: Buffer.from(text),
  source: sourceText(text),
});

// Quadratic work over one of these takes longer than a test may.
test.each([
  ['many folders', 'a/'.repeat(200_000)],
  ['many steps up', `${'../'.repeat(150_000)}x.txt`],
  ['steps in and out', `${'x/../'.repeat(80_000)}y`],
  ['many dots', './'.repeat(200_000)],
  ['many slashes', '/'.repeat(400_000)],
])('a path that no system takes is none: %s', (_, path) => {
  expect(pythonReads(file('main.py', `open("${path}")\nopen("a" + "${path}")\n`))).toEqual([]);
  expect(goTypeScriptReads(file('main.go', `os.ReadFile("${path}")`), 'main')).toEqual([]);
  expect(goTypeScriptReads(file('main.ts', `readFileSync("${path}")`), 'main.js')).toEqual([]);
});

test('nor is one that is put together from many parts', () => {
  const parts = Array.from({ length: 50_000 }, () => '"abc"').join(', ');
  expect(pythonReads(file('main.py', `open(os.path.join(${parts}))`))).toEqual([]);
  expect(
    pythonReads(file('main.py', `x = "a"\n${'x = x + "/abc"\n'.repeat(30_000)}open(x)`)),
  ).toEqual([]);
  expect(pythonImports(file('main.py', `from ${'.'.repeat(300_000)} import x\n`), '.')).toEqual([]);
});

test('joinPath is what Node makes of it', () => {
  const pieces = ['', '.', '..', 'a', '/', '/b', 'c/', '../d', './/e/..'];
  for (const left of pieces) {
    for (const right of pieces) expect(joinPath(left, right)).toBe(posix.join(left, right));
  }
  expect(joinPath('a/b', '../..')).toBe(cleanPath('a/b/../..'));
});
