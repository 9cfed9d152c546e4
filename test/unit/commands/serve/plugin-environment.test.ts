import { hostname } from 'node:os';
import { expect, it, test } from 'vitest';
import {
  checkOpenFileLimit,
  pluginEnvironment,
} from '../../../../src/commands/serve/plugin-environment.ts';
import { hostNames } from '../../../../src/commands/serve/settings.ts';
import { MachineLimit } from '../../../../src/model/machine-limit.ts';

const MINE = { PATH: '/bin', KPLUGIN_TOKEN: 'hush', AWS_SECRET_ACCESS_KEY: 'hush', MODEL: 'big' };
const SILENT = { warn: () => undefined };

it('a name that is not set is told, and given to nobody', () => {
  const warned: string[] = [];
  const around = { warn: (line: string) => void warned.push(line) };
  const env = pluginEnvironment(['NOTSET', 'MODEL', 'EMPTY='], MINE, around);
  expect(Object.keys(env)).not.toContain('NOTSET');
  expect(warned).toEqual(['--env NOTSET: it is not set here, so plugins do not get it']);
});

it.each([
  [[], { PATH: '/bin' }],
  [['MODEL'], { PATH: '/bin', MODEL: 'big' }],
  [['MODEL=small=1', 'NONE', 'EMPTY='], { PATH: '/bin', MODEL: 'small=1', EMPTY: '' }],
  [['PATH=/opt'], { PATH: '/opt' }],
  [['__proto__=x'], { PATH: '/bin', ['__proto__']: 'x' }],
])('--env %j', (asked, expected) => {
  expect(Object.entries(pluginEnvironment(asked, MINE, SILENT)).sort()).toEqual(
    Object.entries(expected).sort(),
  );
});

it.each(['', '=x', 'A B', 'KPLUGIN_TOKEN', 'kplugin_token', 'KPLUGIN_TOKEN=x', '$(id)'])(
  '--env %j is refused',
  (asked) => {
    expect(() => pluginEnvironment([asked], MINE, SILENT)).toThrow(/--env/);
  },
);

it('what may be a secret is not repeated', () => {
  for (const asked of ['MQTT_PASS WORD=hush', '=hush', 'KPLUGIN_TOKEN=hush']) {
    expect(() => pluginEnvironment([asked], MINE, SILENT)).toThrow(/^(?!.*hush)/);
  }
});

it('the names of this machine and those that are allowed', () => {
  const own = hostname().toLowerCase();
  expect([...hostNames(['Edge1.:9081', '[::2]'])]).toEqual(
    expect.arrayContaining([own, 'edge1', '::2']),
  );
  for (const wrong of ['', '*', 'http://edge1', 'a b', 'edge1/x']) {
    expect(() => hostNames([wrong])).toThrow(/--allow-host/);
  }
});

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                 4096                 files\n`;

test.each(['3', '25', '63'])('%s files are too few', (soft) => {
  expect(() => checkOpenFileLimit(limits(soft))).toThrow(MachineLimit);
});

test.each([limits('64'), limits('1048576'), limits('unlimited'), ''])('%# is enough', (text) => {
  expect(() => checkOpenFileLimit(text)).not.toThrow();
});
