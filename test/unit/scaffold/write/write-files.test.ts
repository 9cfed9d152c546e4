import fs, { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type FileOperations,
  type FileWrite,
  writeFiles,
} from '../../../../src/scaffold/write/write-files.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'kplugin write '));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const NEVER = new AbortController().signal;

const FILES: readonly FileWrite[] = [
  { path: 'kept.json', text: 'new text\n', replaces: true },
  { path: 'a.txt', text: 'a\n', replaces: false },
  { path: 'deep/er/b.txt', text: 'b\n', replaces: false },
];

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const rows = entries.map(async (entry): Promise<[string, string]> => {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll(path.sep, '/');
    return [name, entry.isFile() ? await readFile(file, 'utf8') : '/'];
  });
  return Object.fromEntries((await Promise.all(rows)).sort());
}

/** The file system, but its nth change fails as a full disk does, after half of the work. */
function failingAt(nth: number): FileOperations {
  let count = 0;
  const broken = async (half: () => Promise<unknown>): Promise<never> => {
    await half();
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  return {
    ...fs,
    writeFile: async (file, data, options) => {
      count += 1;
      if (count === nth) await broken(() => fs.writeFile(file, 'half', options));
      await fs.writeFile(file, data, options);
    },
    rename: async (from, to) => {
      count += 1;
      if (count === nth) await broken(async () => undefined);
      await fs.rename(from, to);
    },
  };
}

describe('writing', () => {
  test('makes folders, new files and replaced ones', async () => {
    await writeFile(path.join(root, 'kept.json'), 'old text\n');
    await writeFiles(root, FILES, { signal: NEVER });
    expect(await contents(root)).toEqual({
      'a.txt': 'a\n',
      deep: '/',
      'deep/er': '/',
      'deep/er/b.txt': 'b\n',
      'kept.json': 'new text\n',
    });
  });

  test.each([1, 2, 3, 4])('undoes everything when change %i fails', async (nth) => {
    await writeFile(path.join(root, 'kept.json'), 'old text\n');
    await mkdir(path.join(root, 'deep'));
    const writing = writeFiles(root, FILES, { signal: NEVER, operations: failingAt(nth) });
    await expect(writing).rejects.toMatchObject({
      code: 'cannot-write',
      exit: 2,
      message: expect.stringContaining('the disk is full'),
    });
    expect(await contents(root)).toEqual({ deep: '/', 'kept.json': 'old text\n' });
  });

  test('removes the folder it made', async () => {
    const folder = path.join(root, 'new', 'project');
    const files = FILES.filter(({ replaces }) => !replaces);
    const writing = writeFiles(folder, files, { signal: NEVER, operations: failingAt(2) });
    await expect(writing).rejects.toMatchObject({ code: 'cannot-write' });
    expect(await contents(root)).toEqual({});
  });

  test('undoes everything when it is interrupted', async () => {
    const controller = new AbortController();
    const operations: FileOperations = {
      ...fs,
      writeFile: async (file, data, options) => {
        await fs.writeFile(file, data, options);
        controller.abort();
      },
    };
    const writing = writeFiles(root, FILES.slice(1), { signal: controller.signal, operations });
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await contents(root)).toEqual({});
  });

  test('never overwrites a file that was not there a moment ago', async () => {
    await writeFile(path.join(root, 'a.txt'), 'mine\n');
    const writing = writeFiles(root, FILES.slice(1), { signal: NEVER });
    await expect(writing).rejects.toMatchObject({ code: 'cannot-write' });
    expect(await contents(root)).toEqual({ 'a.txt': 'mine\n' });
  });

  test('says what is wrong when a file stands where a folder is needed', async () => {
    await writeFile(path.join(root, 'deep'), 'mine\n');
    const writing = writeFiles(root, FILES.slice(1), { signal: NEVER });
    await expect(writing).rejects.toMatchObject({ code: 'cannot-write', exit: 2 });
    expect(await contents(root)).toEqual({ deep: 'mine\n' });
  });
});
