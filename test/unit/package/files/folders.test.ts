import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolders, removeTree } from '../../../../src/package/files/folders.ts';
import { temporaryFolders } from '../../../fixtures/tree.ts';
import { describeOnLinux } from '../../../toolchain/require.ts';

const folder = temporaryFolders();

describe('makeFolders', () => {
  it('makes what is not there and names the first that it made', async () => {
    const root = folder();
    expect(await makeFolders(join(root, 'a/b/c'))).toBe(join(root, 'a'));
    expect((await stat(join(root, 'a/b/c'))).isDirectory()).toBe(true);
    expect(await makeFolders(join(root, 'a/b/c'))).toBeUndefined();
    expect(await makeFolders(join(root, 'a/b/d'))).toBe(join(root, 'a/b/d'));
  });

  it('may be asked twice at the same time', async () => {
    const root = folder();
    const asked = Array.from({ length: 8 }, () => makeFolders(join(root, 'a/b/c/d')));
    await Promise.all(asked);
    expect((await stat(join(root, 'a/b/c/d'))).isDirectory()).toBe(true);
  });

  it('says what is there in place of a folder', async () => {
    const root = folder();
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a/file'), '');
    await expect(makeFolders(join(root, 'a/file'))).rejects.toThrow(
      `${join(root, 'a/file')} is there and is not a directory`,
    );
    await expect(makeFolders(join(root, 'a/file/b'))).rejects.toThrow(/ENOTDIR/);
  });
});

describeOnLinux('makeFolders where the system makes none', () => {
  it.each(['/proc/none', '/proc/none/below'])('ends for %s', async (path) => {
    await expect(makeFolders(path)).rejects.toThrow(/ENOENT|EACCES/);
  });
});

describe('a folder that is removed', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kplugin-remove-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('goes with its folders and more files than one batch', async () => {
    const tree = join(folder, 'tree');
    mkdirSync(join(tree, 'a/b/c'), { recursive: true });
    for (let index = 0; index < 450; index += 1) writeFileSync(join(tree, `a/b/${index}`), '');
    await removeTree(tree);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes its links along, and leaves what they lead to', async () => {
    const tree = join(folder, 'tree');
    mkdirSync(join(folder, 'kept'));
    writeFileSync(join(folder, 'kept/file'), '');
    mkdirSync(tree);
    symlinkSync('../kept', join(tree, 'folder'));
    symlinkSync('../kept/file', join(tree, 'file'));
    symlinkSync('nowhere', join(tree, 'dangling'));
    await removeTree(tree);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['kept', 'kept/file']);
  });

  it('need not be there', async () => {
    await removeTree(join(folder, 'none'));
    expect(existsSync(folder)).toBe(true);
  });
});
