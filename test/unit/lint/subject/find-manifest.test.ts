import { expect, test } from 'vitest';
import { findManifest } from '../../../../src/lint/subject/find-manifest.ts';
import { memoryView } from '../memory-view.ts';

const MANIFEST = '{"language":"go","executable":"x","sinks":["a"]}';

test.each<[string, Record<string, string>, string, string | null]>([
  ['the one that looks like one', { 'a.json': '{}', 'b.json': MANIFEST }, 'x', 'b.json'],
  [
    'with keys in any letter case',
    { 'a.json': '{}', 'b.json': MANIFEST.toUpperCase() },
    'x',
    'b.json',
  ],
  ["a broken one by its keys' names", { 'a.json': '{}', 'b.json': `${MANIFEST},` }, 'x', 'b.json'],
  [
    'of two the one named like the folder',
    { 'a.json': MANIFEST, 'b.json': MANIFEST },
    'plugins/b/',
    'b.json',
  ],
  [
    'of two the one named like the zip',
    { 'a.json': MANIFEST, 'b.json': MANIFEST },
    'b-1.0.0-linux-arm64.zip',
    'b.json',
  ],
  [
    'of two the first by its name, in whatever order they are',
    { 'p.json': MANIFEST, 'P.json': MANIFEST },
    'x',
    'P.json',
  ],
  ['the only one, whatever is in it', { 'a.json': '' }, 'x', 'a.json'],
  [
    'not a file of another tool',
    { 'package.json': '{"name":"x"}', 'tsconfig.json': '{}' },
    'x',
    null,
  ],
  ['not one in a folder', { 'sub/a.json': MANIFEST }, 'x', null],
  ['none', { 'main.py': '' }, 'x', null],
])('%s', async (_title, files, label, expected) => {
  expect((await findManifest(memoryView({ files, label })))?.path ?? null).toBe(expected);
});
