import { type ChildProcess, spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import {
  buildEnvironment,
  isInside,
  plainEnvironment,
  spawnChild,
  trustedFolders,
} from '../../../src/model/child-process.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

const USER = {
  PATH: '/usr/bin:.:bin::/opt/go/bin',
  HOME: '/home/me',
  LC_ALL: 'C.UTF-8',
  KPLUGIN_TOKEN: 'hush',
  KPLUGIN_HOST: 'edge1',
  AWS_SECRET_ACCESS_KEY: 'hush',
  PYTHONPATH: '.',
  NODE_OPTIONS: '--require ./x.cjs',
  GOFLAGS: '-mod=mod',
  gone: undefined,
};

describeOnUnix('the environment of children', () => {
  it('a plain one has what a program needs and what is named, nothing else', () => {
    expect(plainEnvironment(USER, ['GOFLAGS', 'gone', 'missing'])).toEqual({
      PATH: USER.PATH,
      HOME: '/home/me',
      LC_ALL: 'C.UTF-8',
      GOFLAGS: '-mod=mod',
    });
  });

  it('a build has the user’s own but for what is kplugin’s, and no folder that moves', () => {
    const { KPLUGIN_TOKEN, KPLUGIN_HOST, gone, ...rest } = USER;
    expect(buildEnvironment(USER)).toEqual({ ...rest, PATH: '/usr/bin:/opt/go/bin' });
    expect([KPLUGIN_TOKEN, KPLUGIN_HOST, gone]).toEqual(['hush', 'edge1', undefined]);
    expect(buildEnvironment({ kplugin_token: 'hush' })).toEqual({});
  });

  it.each([
    ['/usr/bin:/bin', ['/usr/bin', '/bin']],
    ['.:node_modules/.bin::/bin:', ['/bin']],
    ['', []],
  ])('programs are looked for in %s', (search, folders) => {
    expect(trustedFolders(search)).toEqual(folders);
  });

  it.each([
    ['/p', '/p', true],
    ['/p/bin', '/p', true],
    ['/p/..bin', '/p', true],
    ['/project', '/p', false],
    ['/', '/p', false],
  ])('%s inside %s: %s', (folder, outer, expected) => {
    expect(isInside(folder, outer)).toBe(expected);
  });
});

it('a child whose program runs has its streams', async () => {
  const child = await spawnChild(() => spawn('/bin/sh', ['-c', 'echo yes']));
  const pieces: Buffer[] = [];
  for await (const piece of child.stdout) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('yes\n');
});

it.each<[string, () => ChildProcess]>([
  ['ENOENT', () => spawn('/nowhere/program')],
  // Node throws these at once, and tells the others by an event.
  ['E2BIG', () => spawn('/bin/sh', ['x'.repeat(4_000_000)])],
])('%s is thrown', async (code, run) => {
  await expect(spawnChild(run)).rejects.toMatchObject({ code });
});

/** Each limit meets another place: a file, a pipe, a child without streams. */
it('with too many files open nothing is called a bug', async () => {
  const script = `
    import { spawn } from 'node:child_process';
    import { closeSync, openSync } from 'node:fs';
    import { spawnChild } from ${JSON.stringify(new URL('../../../src/model/child-process.ts', import.meta.url).href)};
    const held = [];
    try { for (;;) held.push(openSync('/dev/null')); } catch {}
    const codes = new Set();
    for (let free = 0; free < 10; free += 1) {
      await spawnChild(() => spawn('/bin/true')).catch(({ code }) => codes.add(code));
      closeSync(held.pop());
    }
    process.stdout.write([...codes].join());
  `;
  const limited = 'ulimit -n 60; exec "$0" "$@"';
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const child = await spawnChild(() =>
    spawn('/bin/sh', ['-c', limited, process.execPath, ...args]),
  );
  const pieces: Buffer[] = [];
  for await (const piece of child.stdout) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('EMFILE');
}, 180_000);
