import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentsOf, survey, writesOf } from '../../../../src/scaffold/write/survey.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'kplugin-survey-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('a survey', () => {
  test('reads nothing of a file that is longer than what is planned', async () => {
    await writeFile(path.join(root, 'README.md'), '');
    await truncate(path.join(root, 'README.md'), 50 * 1024 ** 3);
    const [file] = await survey(root, [{ path: 'README.md', text: 'x\n' }]);
    expect(file?.state).toBe('different');
  });

  test('tells new, unchanged, different and blocked files apart', async () => {
    await writeFile(path.join(root, 'same.txt'), 'x\n');
    await writeFile(path.join(root, 'other.txt'), 'y\n');
    await writeFile(path.join(root, 'plain'), 'y\n');
    await mkdir(path.join(root, 'folder.txt'));
    const paths = [
      'new.txt',
      'same.txt',
      'other.txt',
      'plain/below.txt',
      'folder.txt',
      'a/b/c.txt',
    ];
    const files = await survey(
      root,
      paths.map((file) => ({ path: file, text: 'x\n' })),
    );
    expect(files.map(({ state }) => state)).toEqual([
      'new',
      'unchanged',
      'different',
      'blocked',
      'blocked',
      'new',
    ]);
    expect(writesOf(files).map((file) => [file.path, file.replaces])).toEqual([
      ['new.txt', false],
      ['other.txt', true],
      ['a/b/c.txt', false],
    ]);
  });

  test.skipIf(process.platform === 'win32')(
    'follows no link (making one needs rights on Windows)',
    async () => {
      await symlink(os.tmpdir(), path.join(root, 'sources'));
      await symlink('nowhere', path.join(root, 'dangling.txt'));
      const files = await survey(root, [
        { path: 'sources/x.json', text: '' },
        { path: 'dangling.txt', text: '' },
      ]);
      expect(files.map(({ state }) => state)).toEqual(['blocked', 'blocked']);
    },
  );

  test('takes a missing folder and one with only .git for empty', async () => {
    expect(await contentsOf(path.join(root, 'missing'))).toEqual([]);
    await mkdir(path.join(root, '.git'));
    expect(await contentsOf(root)).toEqual([]);
    await writeFile(path.join(root, 'b'), '');
    await writeFile(path.join(root, 'a'), '');
    expect(await contentsOf(root)).toEqual(['a', 'b']);
    expect(await contentsOf(path.join(root, 'a'))).toBeNull();
  });
});
