import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { watchByEvents, watchByPolling } from '../../../src/dev/watch-project.ts';
import { type Tree, temporaryFolders } from '../../fixtures/tree.ts';

const folder = temporaryFolders();

/** A watched project, and how often something was heard of it. */
async function watching(tree: Tree, watchProject = watchByEvents, only: string[] = []) {
  const root = folder(tree);
  const heard = { count: 0 };
  const watch = await watchProject({
    root,
    only,
    onChange: () => {
      heard.count += 1;
    },
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => watch.close());
  return { root, heard, at: (path: string) => join(root, path) };
}

type Watching = Awaited<ReturnType<typeof watching>>;

/** Waits until something was heard since the last call. */
async function hears({ heard }: Watching): Promise<void> {
  await expect.poll(() => heard.count, { timeout: 10_000 }).toBeGreaterThan(0);
  heard.count = 0;
}

const TREE = { 'main.py': 'one', 'lib/a.py': 'a' };

describe.each([watchByEvents, watchByPolling])('$name', (watchProject) => {
  test.each<[string, (at: (path: string) => string) => void]>([
    ['a written file', (at) => writeFileSync(at('main.py'), 'two')],
    ['a file in a folder', (at) => writeFileSync(at('lib/a.py'), 'b')],
    ['a new file', (at) => writeFileSync(at('lib/b.py'), 'b')],
    ['a file that went', (at) => rmSync(at('lib/a.py'))],
    ['a folder that went', (at) => rmSync(at('lib'), { recursive: true })],
    [
      'a file put in the place of another, as editors save',
      (at) => {
        writeFileSync(at('main.py.new'), 'two');
        renameSync(at('main.py.new'), at('main.py'));
      },
    ],
    [
      'a file in a folder that was not there',
      (at) => {
        mkdirSync(at('more/deep'), { recursive: true });
        writeFileSync(at('more/deep/c.py'), 'c');
      },
    ],
  ])('hears of %s', async (_, change) => {
    const watched = await watching(TREE, watchProject);
    change(watched.at);
    await hears(watched);
  });
});

test('hears of every later change as well', async () => {
  const watched = await watching(TREE);
  mkdirSync(watched.at('new'));
  await hears(watched);
  for (let round = 0; round < 5; round += 1) {
    writeFileSync(watched.at('new/c.py'), `round ${round}`);
    await hears(watched);
    writeFileSync(watched.at('main.py.new'), `round ${round}`);
    renameSync(watched.at('main.py.new'), watched.at('main.py'));
    await hears(watched);
  }
});

test.each<[string, (at: (path: string) => string) => void]>([
  [
    'was deleted and made again',
    (at) => {
      rmSync(at('lib'), { recursive: true });
      mkdirSync(at('lib/deep'), { recursive: true });
    },
  ],
  [
    'was moved away, and another into its place',
    (at) => {
      mkdirSync(at('other/deep'), { recursive: true });
      renameSync(at('lib'), at('old'));
      renameSync(at('other'), at('lib'));
    },
  ],
  [
    'was a file in between',
    (at) => {
      rmSync(at('lib'), { recursive: true });
      writeFileSync(at('lib'), '');
      rmSync(at('lib'));
      mkdirSync(at('lib/deep'), { recursive: true });
    },
  ],
])('hears of changes in a folder that %s', async (_, change) => {
  const watched = await watching({ ...TREE, 'lib/deep/b.py': 'b' });
  change(watched.at);
  await hears(watched);
  for (const path of ['lib/a.py', 'lib/deep/b.py', 'lib/deep/c.py']) {
    await settled(watched);
    writeFileSync(watched.at(path), 'new');
    await hears(watched);
  }
});

/** Until what was written before is heard: events come in order. */
async function settled(watched: Watching): Promise<void> {
  writeFileSync(watched.at('main.py'), 'settled');
  await hears(watched);
  watched.heard.count = 0;
}

test('does not hear of what nobody watches', async () => {
  const watched = await watching({ ...TREE, 'node_modules/x/y.js': '', '.venv/z.py': '' });
  writeFileSync(watched.at('node_modules/x/y.js'), 'x');
  writeFileSync(watched.at('.venv/z.py'), 'x');
  writeFileSync(watched.at('main.py~'), 'x');
  mkdirSync(watched.at('.git'));
  writeFileSync(watched.at('.git/index'), 'x');
  // Events come in order: when this one was heard, those above would have been.
  writeFileSync(watched.at('main.py'), 'two');
  await expect.poll(() => watched.heard.count, { timeout: 10_000 }).toBe(1);
});

test.each([watchByEvents, watchByPolling])(
  'hears of nothing but the files that it was told to: $name',
  async (watchProject) => {
    const stamp = 'node_modules/.stamp';
    const watched = await watching({ ...TREE, [stamp]: '1' }, watchProject, [stamp]);
    writeFileSync(watched.at('main.py'), 'two');
    writeFileSync(watched.at('lib/b.py'), 'b');
    writeFileSync(watched.at('node_modules/other'), 'x');
    writeFileSync(watched.at(stamp), '2');
    await expect.poll(() => watched.heard.count, { timeout: 10_000 }).toBe(1);
  },
);
