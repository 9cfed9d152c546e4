import { mkdirSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolders } from '../../../../src/package/files/folders.ts';
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
