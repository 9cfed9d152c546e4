import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFolder, writeProject } from '../../../../src/scaffold/init/init.ts';
import { INIT_MARKER, survey } from '../../../../src/scaffold/write/survey.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'kplugin init '));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const NEVER = new AbortController().signal;
const PLAN = [
  { path: 'a.json', text: 'mine' },
  { path: 'main.py', text: 'mine' },
];
const put = (name: string, text: string): Promise<void> => writeFile(path.join(root, name), text);
const NOT_EMPTY = { code: 'folder-not-empty', exit: 2 };

describe('a folder that is filled while init asks and plans', () => {
  it('before the plan was compared with it', async () => {
    const was = await checkFolder(root, false);
    await put('main.py', 'theirs');
    const files = await survey(root, PLAN);
    await expect(writeProject(root, files, was, NEVER)).rejects.toMatchObject(NOT_EMPTY);
    expect(await readdir(root)).toEqual(['main.py']);
    expect(await readFile(path.join(root, 'main.py'), 'utf8')).toBe('theirs');
  });

  it('after that', async () => {
    const was = await checkFolder(root, false);
    const files = await survey(root, PLAN);
    await put('main.py', 'theirs');
    await expect(writeProject(root, files, was, NEVER)).rejects.toMatchObject(NOT_EMPTY);
    expect(await readdir(root)).toEqual(['main.py']);
    expect(await readFile(path.join(root, 'main.py'), 'utf8')).toBe('theirs');
  });

  it('by another that has only begun', async () => {
    const was = await checkFolder(root, false);
    const files = await survey(root, PLAN);
    await put(INIT_MARKER, String(process.ppid));
    await expect(writeProject(root, files, was, NEVER)).rejects.toMatchObject({
      ...NOT_EMPTY,
      message: `${root} is not empty: another kplugin init is filling it`,
    });
    expect(await readdir(root)).toEqual([INIT_MARKER]);
  });
});

describe('a mark in the folder', () => {
  it('of a process that runs: also --force does not go on', async () => {
    await put(INIT_MARKER, String(process.ppid));
    await expect(checkFolder(root, false)).rejects.toMatchObject(NOT_EMPTY);
    await expect(checkFolder(root, true)).rejects.toMatchObject(NOT_EMPTY);
  });

  it.each([
    ['of a process that is gone', String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['of one that was killed before it wrote its number', ''],
  ])('%s: the project is finished', async (_, mark) => {
    await put(INIT_MARKER, mark);
    await put('a.json', 'mi');
    const was = await checkFolder(root, false);
    await writeProject(root, await survey(root, PLAN), was, NEVER);
    expect(await readdir(root)).toEqual(['a.json', 'main.py']);
    expect(await readFile(path.join(root, 'a.json'), 'utf8')).toBe('mine');
  });
});
