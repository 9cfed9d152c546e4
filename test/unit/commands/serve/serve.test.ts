import { describe, expect, test } from 'vitest';
import { PLAIN } from '../../../../src/cli/output/terminal-codes.ts';
import { eventText, servedText } from '../../../../src/commands/serve/log-text.ts';
import {
  absoluteProgram,
  isLoopback,
  parseListen,
  parseSymbols,
  parseTimeouts,
  refuseWindows,
} from '../../../../src/commands/serve/settings.ts';

describe('--listen', () => {
  test.each([
    ['127.0.0.1:9081', { address: '127.0.0.1', port: 9081 }],
    ['localhost:0', { address: 'localhost', port: 0 }],
    ['[::1]:9081', { address: '::1', port: 9081 }],
    ['9082', { address: '127.0.0.1', port: 9082 }],
  ])('%s', (text, address) => {
    expect(parseListen(text)).toEqual(address);
  });

  test.each(['', 'localhost', '127.0.0.1:', '127.0.0.1:65536', '::1:9081', 'http://h:1'])(
    '%j is none',
    (text) => {
      expect(() => parseListen(text)).toThrow(`--listen "${text}" is no address with a port`);
    },
  );

  test.each([
    ['127.0.0.1', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['192.168.1.2', false],
  ])('%s on this machine alone: %s', (address, only) => {
    expect(isLoopback(address)).toBe(only);
  });
});

describe('--symbols', () => {
  const any = { address: '127.0.0.1', port: 0 };
  const usual = { address: '127.0.0.1', port: 9081 };

  test.each([
    [undefined, usual, { address: '127.0.0.1', port: 33_333, isUsual: true }],
    [undefined, any, { ...any, isUsual: true }],
    ['off', usual, null],
    ['4000', any, { address: '127.0.0.1', port: 4000, isUsual: false }],
  ])('%s with --listen %j', (text, listen, address) => {
    expect(parseSymbols(text, listen)).toEqual(address);
  });

  test('says which flag is wrong', () => {
    expect(() => parseSymbols('x', usual)).toThrow('--symbols "x" is no address with a port');
  });
});

test('timeouts, each with its flag', () => {
  const flags = {
    initTimeout: '1m',
    commandTimeout: '500ms',
    sendTimeout: '2',
    receiveTimeout: '1h',
  };
  expect(parseTimeouts(flags, '2.4')).toEqual({
    initMs: 60_000,
    commandMs: 500,
    sendMs: 2_000,
    receiveMs: 3_600_000,
  });
  for (const key of Object.keys(flags)) {
    const flag = `--${key.replace('Timeout', '-timeout')}`;
    expect(() => parseTimeouts({ ...flags, [key]: 'soon' }, '2.4')).toThrow(
      `${flag} "soon" is no duration`,
    );
  }
});

test.each([
  ['2.4' as const, 60_000],
  ['1.14' as const, 5_000],
])('the handshake of %s has the time of an eKuiper as shipped', (target, initMs) => {
  const others = { commandTimeout: '1s', sendTimeout: '1s', receiveTimeout: '1s' };
  expect(parseTimeouts({ initTimeout: undefined, ...others }, target).initMs).toBe(initMs);
});

test('--python: a path is made absolute, a name is looked up', () => {
  expect(absoluteProgram('.venv/bin/python', '/p')).toBe('/p/.venv/bin/python');
  expect(absoluteProgram('python3.12', '/p')).toBe('python3.12');
});

test('Windows has no place for it', () => {
  expect(() => refuseWindows('win32', 'kplugin dev')).toThrow(
    'kplugin dev does not run on Windows',
  );
  expect(() => refuseWindows('linux', 'kplugin dev')).not.toThrow();
});

describe('the log', () => {
  const served = { method: 'POST', path: '/plugins/portables', ms: 1234.5 };

  test('an answer', () => {
    const body = 'portable plugin a is created';
    expect(servedText({ ...served, status: 201, body }, PLAIN)).toBe(
      'POST /plugins/portables 201 1 s portable plugin a is created',
    );
  });

  test('a refusal, its lines as lines', () => {
    const body = '{"error":1000,"message":"no\\nkplugin: because"}\n';
    expect(servedText({ ...served, status: 400, body }, PLAIN)).toBe(
      'POST /plugins/portables 400 1 s\n  no\n  kplugin: because',
    );
  });

  test('a refusal of the symbol API', () => {
    const body = '{"error":"no such thing"}\n';
    expect(servedText({ ...served, status: 400, body }, PLAIN)).toBe(
      'POST /plugins/portables 400 1 s\n  no such thing',
    );
  });

  test('a refusal that is no JSON', () => {
    const body = '{"error":1000,"message":"some "err""}\n';
    expect(servedText({ ...served, status: 400, body }, PLAIN)).toContain('"some "err""');
  });

  test.each([
    [{ kind: 'output', plugin: 'a', stream: 'stdout', line: 'hi' }, 'a | hi'],
    [
      { kind: 'output', plugin: 'a', stream: 'stderr', line: '\u001b[31mred\u001b[0m\tx\rover' },
      'a | red\tx over',
    ],
    [
      {
        kind: 'symbol',
        plugin: 'a',
        type: 'sink',
        symbol: 's',
        meta: null,
        command: 'start',
        error: 'no\nwhy',
      },
      'a start sink s no\n  why',
    ],
    [
      { kind: 'started', plugin: 'a', pid: 7, command: ['x', '{}'] },
      'a started as process 7: x {}',
    ],
    [{ kind: 'running', plugin: 'a', afterMs: 80 }, 'a running, handshake after 80 ms'],
    [{ kind: 'ended', plugin: 'a', how: 'signal: killed', asked: true }, 'a ended'],
    [
      { kind: 'ended', plugin: 'a', how: 'exit status 1', asked: false },
      'a ended by itself: exit status 1',
    ],
    [{ kind: 'note', plugin: null, text: 'x\ny' }, 'host note: x\n  y'],
  ] as const)('%j', (event, line) => {
    expect(eventText(event, PLAIN)).toBe(line);
  });
});
