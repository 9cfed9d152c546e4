import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { changedPaths, InputReader, type Inputs } from '../../../src/dev/inputs.ts';
import { temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();

let root = '';
let reader: InputReader;
let before: Inputs;

beforeEach(() => {
  root = folder({ 'main.py': 'one', 'lib/a.py': 'a', 'tests/a.yaml': 'cases: []' });
  reader = new InputReader(root);
  before = reader.read();
});

function changes(): string[] {
  return changedPaths(before, reader.read());
}

const write = (path: string, text: string): void => writeFileSync(join(root, path), text);

test('every watched file is read', () => {
  expect([...before.keys()]).toEqual(
    expect.arrayContaining(['main.py', 'lib/a.py', 'tests/a.yaml']),
  );
});

describe('a change is', () => {
  test.each<[string, () => void, string[]]>([
    ['nothing at all', () => undefined, []],
    ['other content', () => write('main.py', 'two'), ['main.py']],
    ['other content of the same length and date', sameLengthAndDate, ['main.py']],
    ['a new file in a new folder', newFolder, ['more/deep/b.py']],
    ['a file that went', () => rmSync(join(root, 'lib/a.py')), ['lib/a.py']],
    ['a folder that went', () => rmSync(join(root, 'lib'), { recursive: true }), ['lib/a.py']],
    ['the exec bit', () => chmodSync(join(root, 'main.py'), 0o755), ['main.py']],
  ])('%s', (_, change, paths) => {
    change();
    expect(changes()).toEqual(paths);
    before = reader.read();
    expect(changes()).toEqual([]);
  });
});

describe('no change is', () => {
  test.each<[string, () => void]>([
    ['a touch', () => utimesSync(join(root, 'main.py'), 1, 1)],
    [
      'the same content written again',
      () => write('main.py', readFileSync(join(root, 'main.py'), 'utf8')),
    ],
    [
      'a change that was taken back',
      () => {
        write('main.py', 'two');
        write('main.py', 'one');
      },
    ],
    ['a new empty folder', () => mkdirSync(join(root, 'empty'))],
    [
      'what an editor leaves',
      () => {
        for (const name of ['.main.py.swp', 'main.py~', '.#main.py', '#main.py#', '4913'])
          write(name, 'x');
      },
    ],
    [
      'a package, a secret, compiled Python',
      () => {
        mkdirSync(join(root, '__pycache__'));
        for (const name of ['a.zip', '.env', 'a.pyc', '__pycache__/a.cpython-312.pyc'])
          write(name, 'x');
      },
    ],
  ])('%s', (_, change) => {
    change();
    expect(changes()).toEqual([]);
  });
});

test('the rules of the project count although pack leaves them out', () => {
  write('.kpluginignore', 'docs/');
  write('.kplugin.json', '{}');
  expect(changes()).toEqual(['.kplugin.json', '.kpluginignore']);
});

function sameLengthAndDate(): void {
  const file = join(root, 'main.py');
  utimesSync(file, 5, 5);
  before = reader.read();
  write('main.py', 'two');
  utimesSync(file, 5, 5);
}

function newFolder(): void {
  mkdirSync(join(root, 'more/deep'), { recursive: true });
  write('more/deep/b.py', 'b');
}

test.runIf(process.platform === 'linux')('a link to what never ends is taken by its place', () => {
  symlinkSync('/proc/self/pagemap', join(root, 'endless.bin'));
  spawnSync('mkfifo', [join(root, 'pipe.bin')]);
  const inputs = reader.read();
  expect(inputs.get('endless.bin')).toMatch(/^\d+ \d+ 0 /);
  expect(inputs.has('pipe.bin')).toBe(false);
});
