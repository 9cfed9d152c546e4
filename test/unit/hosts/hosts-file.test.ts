import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFolder, hostsFile } from '../../../src/hosts/hosts-file.ts';

type Case = [string, Record<string, string>, string];

describe.each<[string, NodeJS.Platform, string, string, readonly Case[]]>([
  [
    'Linux and macOS',
    'linux',
    '/project',
    '/home/me',
    [
      ['nothing set', {}, '/home/me/.config/kplugin'],
      ['XDG', { XDG_CONFIG_HOME: '/x' }, '/x/kplugin'],
      ['an empty XDG', { XDG_CONFIG_HOME: '' }, '/home/me/.config/kplugin'],
      ['a relative XDG is ignored', { XDG_CONFIG_HOME: 'x' }, '/home/me/.config/kplugin'],
      ['APPDATA means nothing', { APPDATA: '/a' }, '/home/me/.config/kplugin'],
      ['KPLUGIN_CONFIG', { KPLUGIN_CONFIG: '/k', XDG_CONFIG_HOME: '/x' }, '/k'],
      ['KPLUGIN_CONFIG starts here', { KPLUGIN_CONFIG: 'k/../c' }, '/project/c'],
      ['an empty KPLUGIN_CONFIG', { KPLUGIN_CONFIG: '' }, '/home/me/.config/kplugin'],
    ],
  ],
  [
    'Windows',
    'win32',
    'D:\\work',
    'C:\\Users\\me',
    [
      ['nothing set', {}, 'C:\\Users\\me\\AppData\\Roaming\\kplugin'],
      ['APPDATA', { APPDATA: 'E:\\data' }, 'E:\\data\\kplugin'],
      ['an empty APPDATA', { APPDATA: '' }, 'C:\\Users\\me\\AppData\\Roaming\\kplugin'],
      ['a share', { APPDATA: '\\\\srv\\me' }, '\\\\srv\\me\\kplugin'],
      ['XDG means nothing', { XDG_CONFIG_HOME: '/x' }, 'C:\\Users\\me\\AppData\\Roaming\\kplugin'],
      ['KPLUGIN_CONFIG', { KPLUGIN_CONFIG: 'E:/k', APPDATA: 'E:\\data' }, 'E:\\k'],
      ['KPLUGIN_CONFIG starts here', { KPLUGIN_CONFIG: 'k' }, 'D:\\work\\k'],
    ],
  ],
])('the folder of the settings: %s', (_name, platform, cwd, home, cases) => {
  it.each(cases)('%s', (_what, env, folder) => {
    expect(configFolder(env, cwd, platform, home)).toBe(folder);
  });
});

it('the file with the hosts is in it', () => {
  expect(hostsFile({ KPLUGIN_CONFIG: '/k' }, '/project')).toBe(path.resolve('/k/hosts.json'));
});
