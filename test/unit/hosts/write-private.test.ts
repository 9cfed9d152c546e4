import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { notWritable, privateFolder, writePrivate } from '../../../src/hosts/write-private.ts';
import { scratch } from '../client/auth/keys.ts';

const hasModes = process.platform !== 'win32';
const modeOf = async (file: string) => (await stat(file)).mode & 0o777;
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe('a private file', () => {
  it.skipIf(!hasModes)('is for its owner alone, as are the folders made for it', async () => {
    const folder = path.join(await scratch(), 'a', 'b');
    const file = path.join(folder, 'hosts.json');
    await writePrivate(file, 'x');
    expect(await modeOf(file)).toBe(0o600);
    expect([await modeOf(folder), await modeOf(path.dirname(folder))]).toEqual([0o700, 0o700]);
  });

  it.skipIf(!hasModes)(
    'becomes private when it was not, and leaves folders that are there',
    async () => {
      const folder = path.join(await scratch(), 'open');
      await mkdir(folder);
      await chmod(folder, 0o755);
      const file = path.join(folder, 'hosts.json');
      await writeFile(file, 'old', { mode: 0o644 });
      await chmod(file, 0o644);
      await writePrivate(file, 'new');
      expect(await modeOf(file)).toBe(0o600);
      expect(await modeOf(folder)).toBe(0o755);
    },
  );

  it.skipIf(!hasModes)('has the mode that is asked for', async () => {
    const file = path.join(await scratch(), 'edge1.pub');
    await writePrivate(file, 'x', { mode: 0o644 });
    expect(await modeOf(file)).toBe(0o644);
  });

  it('is never seen half-written: whoever reads gets the old or the new text whole', async () => {
    const file = path.join(await scratch(), 'hosts.json');
    const texts = ['a'.repeat(400_000), 'b'.repeat(700_000)] as const;
    await writePrivate(file, texts[0]);
    let over = false;
    const readers = Array.from({ length: 4 }, async () => {
      const seen = new Set<string>();
      while (!over) seen.add(await readFile(file, 'utf8'));
      return seen;
    });
    for (let round = 0; round < 20; round += 1) await writePrivate(file, texts[round % 2 ? 0 : 1]);
    over = true;
    for (const seen of await Promise.all(readers)) {
      // Not toEqual: nobody wants to read the difference.
      expect([...seen].every((text) => texts.some((one) => one === text))).toBe(true);
    }
  });

  it('is the old one where the last moment says no, and leaves no draft', async () => {
    const folder = await scratch();
    const file = path.join(folder, 'hosts.json');
    await writePrivate(file, 'old');
    const failure = await failureOf(writePrivate(file, 'new', { unless: async () => true }));
    expect(failure).toMatchObject({ code: 'not-writable', exit: 2 });
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['hosts.json']);
  });

  it('follows a link: the file stays where it is kept', async () => {
    const folder = await scratch();
    const kept = path.join(folder, 'kept.json');
    const link = path.join(folder, 'hosts.json');
    await writeFile(kept, 'old');
    await symlink(kept, link);
    await writePrivate(link, 'new');
    expect(await readFile(kept, 'utf8')).toBe('new');
    expect((await readdir(folder)).sort()).toEqual(['hosts.json', 'kept.json']);
  });

  it.skipIf(!hasModes)(
    'is not put in the place of a pipe, nor of one that a link leads to',
    async () => {
      const folder = await scratch();
      const pipe = path.join(folder, 'pipe');
      spawnSync('mkfifo', [pipe]);
      await symlink(pipe, path.join(folder, 'hosts.json'));
      for (const name of ['pipe', 'hosts.json']) {
        await expect(writePrivate(path.join(folder, name), 'x')).rejects.toMatchObject({ exit: 2 });
      }
      expect((await stat(pipe)).isFIFO()).toBe(true);
      expect((await readdir(folder)).sort()).toEqual(['hosts.json', 'pipe']);
    },
  );

  it('where a file stands in place of the folder: exit 2, and what to do', async () => {
    const folder = await scratch();
    await writeFile(path.join(folder, 'file'), '');
    const failure = await failureOf(writePrivate(path.join(folder, 'file', 'hosts.json'), 'x'));
    expect(failure).toMatchObject({
      code: 'not-writable',
      exit: 2,
      hint: expect.stringContaining('KPLUGIN_CONFIG'),
    });
  });
});

describe('a file that cannot be written', () => {
  const failure = (code: string) => Object.assign(new Error(`${code}: write`), { code });

  it.each([
    ['ENOSPC', /^free some space /],
    ['EDQUOT', /^free some space /],
    ['EACCES', /^name a folder that you may write to: KPLUGIN_CONFIG=/],
  ])('for %s has the workaround of that', (code, hint) => {
    expect(notWritable('/a/hosts.json', failure(code))).toMatchObject({
      exit: 2,
      hint: expect.stringMatching(hint),
    });
  });

  it('leaves none of the folders that were made for it, and those that were there or hold something', async () => {
    const home = await scratch();
    const takeAway = await privateFolder(path.join(home, 'a', 'b', 'hosts.json'));
    await takeAway();
    expect(await readdir(home)).toEqual([]);
    const again = await privateFolder(path.join(home, 'a', 'b', 'hosts.json'));
    await writeFile(path.join(home, 'a', 'other'), '');
    await again();
    expect(await readdir(home, { recursive: true })).toEqual(['a', path.join('a', 'other')]);
    await (await privateFolder(path.join(home, 'hosts.json')))();
    expect(await readdir(home)).toEqual(['a']);
  });
});
