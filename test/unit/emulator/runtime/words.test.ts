import { describe, expect, test } from 'vitest';
import { isInside } from '../../../../src/emulator/runtime/home.ts';
import { errnoWords, exitWords, pathError } from '../../../../src/emulator/runtime/refusal.ts';
import { OneAtATime } from '../../../../src/emulator/runtime/run/control.ts';
import { failedHandshake } from '../../../../src/emulator/runtime/run/first-handshake.ts';

const errno = (code: string) => Object.assign(new Error(`${code}: node's words`), { code });

describe("Go's words", () => {
  test.each([
    ['ENOENT', 'no such file or directory'],
    ['EACCES', 'permission denied'],
    ['EWHATEVER', "EWHATEVER: node's words"],
  ])('%s', (code, words) => {
    expect(errnoWords(errno(code))).toBe(words);
    expect(pathError('open', '/x', errno(code))).toBe(`open /x: ${words}`);
  });

  test.each([
    [{ code: 3, signal: null }, 'exit status 3'],
    [{ code: null, signal: 'SIGKILL' }, 'signal: killed'],
    [{ code: null, signal: 'SIGSEGV' }, 'signal: segmentation fault'],
    [{ code: null, signal: 'SIGUSR1' }, 'signal: SIGUSR1'],
  ] as const)('%j', (exit, words) => {
    expect(exitWords(exit)).toBe(words);
  });
});

describe('why there was no handshake', () => {
  const circumstances = {
    plugin: 'demo',
    afterMs: 1500,
    python: '/venv/python',
    other: null,
    channel: { path: '/tmp/plugin_demo.ipc', wasDialled: false, fault: null },
    lastLines: ['Traceback', "ModuleNotFoundError: No module named 'ekuiper'"],
  };
  const died = { kind: 'died', exit: { code: 1, signal: null } } as const;

  test('the process died: its last words, and what fixes the commonest cause', () => {
    expect(failedHandshake(died, circumstances)).toEqual([
      'kplugin: the process ended after 2 s, before its handshake (exit status 1)',
      'Its last words:',
      '  Traceback',
      "  ModuleNotFoundError: No module named 'ekuiper'",
      expect.stringContaining('/venv/python -m pip install ekuiper'),
    ]);
  });

  test('another Python that has the SDK is named', () => {
    const lines = failedHandshake(died, { ...circumstances, other: 'hello/.venv/bin/python' });
    expect(lines.at(-1)).toContain('(--python hello/.venv/bin/python)');
  });

  test('it printed nothing', () => {
    const lines = failedHandshake(died, { ...circumstances, python: null, lastLines: [] });
    expect(lines.at(-1)).toBe('It printed nothing.');
  });

  test('it never dialled: the name may be wrong', () => {
    const [first] = failedHandshake({ kind: 'silent' }, circumstances);
    expect(first).toContain('never connected to /tmp/plugin_demo.ipc');
    expect(first).toContain('just "demo"');
  });

  test('it dialled and said nothing', () => {
    const channel = { ...circumstances.channel, wasDialled: true, fault: null };
    const [first] = failedHandshake({ kind: 'silent' }, { ...circumstances, channel });
    expect(first).toContain('sent no handshake');
  });
});

describe('paths below a folder', () => {
  test.each([
    ['/a/b', true],
    ['/a/b/', true],
    ['/a/..b', true],
    ['/a', false],
    ['/a/', false],
    ['/ab', false],
    ['/a/../b', false],
    ['/', false],
  ])('%s in /a: %s', (path, inside) => {
    expect(isInside('/a', path)).toBe(inside);
  });
});

test('one task at a time, in order, whatever fails', async () => {
  const queue = new OneAtATime();
  const order: string[] = [];
  const task = (name: string, steps: number) => async () => {
    order.push(`${name} begins`);
    for (let step = 0; step < steps; step += 1) await Promise.resolve();
    order.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
  };
  const all = [queue.run(task('a', 9)), queue.run(task('b', 5)), queue.run(task('c', 1))];
  const [, b] = await Promise.allSettled(all);
  expect(b).toMatchObject({ status: 'rejected' });
  expect(order).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
