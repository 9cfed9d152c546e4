import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  namedDraft,
  removeStaleDrafts,
  writeAtomically,
  writeInScratch,
} from '../../../../src/package/write/atomic-file.ts';
import { temporaryFolders } from '../../../fixtures/tree.ts';
import { describeOnUnix } from '../../../toolchain/require.ts';

const folder = temporaryFolders();
const NOW = Date.UTC(2026, 0, 2);

const write = (target: string, text: string, keep = true) =>
  writeAtomically(target, NOW, async (sink) => {
    await sink(Buffer.from(text));
    return { keep, result: text.length };
  });

describe('a file made in one step', () => {
  it('is new, or replaces the old one, and nothing else is left', async () => {
    const root = folder();
    const target = join(root, 'x.zip');
    expect(await write(target, 'one')).toBe(3);
    expect(await write(target, 'second')).toBe(6);
    expect(readFileSync(target, 'utf8')).toBe('second');
    expect(readdirSync(root)).toEqual(['x.zip']);
  });

  it('stays as it was when the work says so or fails', async () => {
    const root = folder({ 'x.zip': 'old' });
    const target = join(root, 'x.zip');
    await write(target, 'new', false);
    const failing = writeAtomically(target, NOW, async (sink) => {
      await sink(Buffer.from('half'));
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(root)).toEqual(['x.zip']);
  });

  it.each([
    ['there is no such directory', 'gone/x.zip', 'output-unwritable'],
    ['part of the path is a file', 'file/x.zip', 'output-unwritable'],
  ])('says that %s', async (_name, path, code) => {
    const root = folder({ file: 'x' });
    await expect(write(join(root, path), 'x')).rejects.toMatchObject({ code, exit: 2 });
    expect(readdirSync(root)).toEqual(['file']);
  });
});

describeOnUnix('special targets', () => {
  it('writes through a link to the file behind it', async () => {
    const root = folder({ 'real.zip': 'old' });
    symlinkSync('real.zip', join(root, 'link.zip'));
    await write(join(root, 'link.zip'), 'new');
    expect(readFileSync(join(root, 'real.zip'), 'utf8')).toBe('new');
  });

  it('says that the disk is full', async () => {
    if (!existsSync('/dev/full')) return expect(process.platform).not.toBe('linux');
    await expect(write('/dev/full', 'x')).rejects.toMatchObject({
      code: 'disk-full',
      reason: expect.stringContaining('nothing was changed'),
    });
  });

  it('says of a temporary folder on a full disk how another one is chosen', async () => {
    if (!existsSync('/dev/full')) return expect(process.platform).not.toBe('linux');
    const writing = writeInScratch('/dev/full', (sink) => sink(Buffer.from('x')));
    await expect(writing).rejects.toMatchObject({
      code: 'disk-full',
      hint: 'free some space, or set TMPDIR to a folder with room',
    });
  });

  it('writes to a device directly', async () => {
    expect(await write('/dev/null', 'x')).toBe(1);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('drafts', () => {
  it('are hidden, and gone when abandoned', async () => {
    const root = folder();
    const draft = await namedDraft(join(root, 'x.zip'));
    expect(readdirSync(root)).toEqual([
      expect.stringMatching(/^\.x\.zip\.[0-9a-f]{8}-\d+-\d+\.kplugin-tmp$/),
    ]);
    await draft.discard();
    expect(readdirSync(root)).toEqual([]);
  });

  it('of dead processes are removed, of living ones and other machines are not', async () => {
    const root = folder();
    const draft = await namedDraft(join(root, 'x.zip'));
    const [living = ''] = readdirSync(root);
    const machine = living.split('.').at(-2)?.split('-')[0];
    const dead = `.x.zip.${machine}-4194399-1.kplugin-tmp`;
    const elsewhere = '.x.zip.00000000-1-1.kplugin-tmp';
    const yesterday = '.x.zip.00000000-2-1.kplugin-tmp';
    for (const name of [dead, elsewhere, yesterday, '.other.tmp'])
      writeFileSync(join(root, name), '');
    utimesSync(join(root, elsewhere), NOW / 1000, NOW / 1000);
    utimesSync(join(root, yesterday), NOW / 1000 - 90_000, NOW / 1000 - 90_000);
    await removeStaleDrafts(root, NOW);
    expect(readdirSync(root).sort()).toEqual([elsewhere, living, '.other.tmp'].sort());
    await draft.discard();
  });
});
