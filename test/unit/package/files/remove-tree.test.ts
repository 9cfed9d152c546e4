import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTree } from '../../../../src/package/files/folders.ts';

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
