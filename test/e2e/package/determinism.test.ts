import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BIN, cleanEnv } from '../../bin/run.ts';
import { GOOD_PROJECT, type Tree, temporaryFolders, writeTree } from '../../fixtures/tree.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

const folder = temporaryFolders();

const TREE: Tree = {
  ...GOOD_PROJECT,
  'install.sh': '#!/bin/sh\n',
  'lib/i.txt': 'i',
  'lib/İ.txt': 'I',
  'lib/Z.txt': 'Z',
  'lib/z/a.txt': 'a',
  'lib/ä.txt': 'ä',
  'data/big.bin': Buffer.alloc(2_000_000, 'eKuiper'),
};

/** sha256 of what the real kplugin writes; `shell` runs before it in the same shell. */
function packed(project: string, env: Record<string, string> = {}, shell = ':'): string {
  const command = `${shell}; exec "$0" "$1" pack "$2" -o - --quiet`;
  const zip = execFileSync('/bin/sh', ['-c', command, process.execPath, BIN, project], {
    env: cleanEnv(env),
    maxBuffer: 64 * 1024 * 1024,
  });
  return createHash('sha256').update(zip).digest('hex');
}

function reversed(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).reverse());
}

describeOnUnix('the same content gives the same bytes', () => {
  const project = folder(TREE);
  const expected = packed(project);

  it.each<[string, () => string]>([
    ['a second time', () => packed(project)],
    ['in Tokyo', () => packed(project, { TZ: 'Asia/Tokyo' })],
    ['west of Greenwich', () => packed(project, { TZ: 'America/St_Johns' })],
    ['in Turkish', () => packed(project, { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })],
    ['in the C locale', () => packed(project, { LANG: 'C', LC_ALL: 'C' })],
    ['under another umask', () => packed(project, {}, 'umask 0')],
    ['under a narrow umask', () => packed(project, {}, 'umask 077')],
    ['from another folder', () => packed(folder(TREE))],
    ['created in another order', () => packed(folder(reversed(TREE)))],
  ])('%s', (_name, again) => {
    expect(again()).toBe(expected);
  });

  it('with other times and modes on the disk', () => {
    const root = folder(TREE);
    for (const path of Object.keys(TREE)) utimesSync(join(root, path), 1e9, 1.1e9);
    expect(packed(root, {}, `chmod -R go-rwx "$2"; chmod 600 "$2"/main.py`)).toBe(expected);
  });

  it('and other content gives others', () => {
    const root = writeTree(folder(TREE), { 'lib/i.txt': 'j' });
    expect(packed(root)).not.toBe(expected);
  });
});
