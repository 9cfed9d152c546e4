import { describe, expect, test } from 'vitest';
import { eventText, servedText } from '../../../../src/cli/serve/log-text.ts';
import {
  absoluteProgram,
  isLoopback,
  parseInitTimeout,
  parseListen,
  refuseWindows,
} from '../../../../src/cli/serve/settings.ts';
import { PLAIN } from '../../../../src/cli/terminal/style.ts';

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

test('--init-timeout', () => {
  expect(parseInitTimeout('500ms')).toBe(500);
  expect(parseInitTimeout('1m')).toBe(60_000);
  expect(() => parseInitTimeout('soon')).toThrow('--init-timeout "soon" is no duration');
});

test('--python: a path is made absolute, a name is looked up', () => {
  expect(absoluteProgram('.venv/bin/python', '/p')).toBe('/p/.venv/bin/python');
  expect(absoluteProgram('python3.12', '/p')).toBe('python3.12');
});

test('Windows has no place for it', () => {
  expect(() => refuseWindows('win32')).toThrow('does not run on Windows');
  expect(() => refuseWindows('linux')).not.toThrow();
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

  test('a refusal that is no JSON', () => {
    const body = '{"error":1000,"message":"some "err""}\n';
    expect(servedText({ ...served, status: 400, body }, PLAIN)).toContain('"some "err""');
  });

  test.each([
    [{ kind: 'output', plugin: 'a', stream: 'stdout', line: 'hi' }, 'a | hi'],
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
