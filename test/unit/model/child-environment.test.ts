import { expect, it } from 'vitest';
import {
  buildEnvironment,
  isInside,
  plainEnvironment,
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
