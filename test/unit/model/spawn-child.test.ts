import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { spawnChild } from '../../../src/model/child-process.ts';

test('a child whose program runs has its streams', async () => {
  const child = await spawnChild(() => spawn('/bin/sh', ['-c', 'echo yes']));
  const pieces: Buffer[] = [];
  for await (const piece of child.stdout) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('yes\n');
});

test.each<[string, () => ChildProcess]>([
  ['ENOENT', () => spawn('/nowhere/program')],
  // Node throws these at once, and tells the others by an event.
  ['E2BIG', () => spawn('/bin/sh', ['x'.repeat(4_000_000)])],
])('%s is thrown', async (code, run) => {
  await expect(spawnChild(run)).rejects.toMatchObject({ code });
});

/** Each limit meets another place: a file, a pipe, a child without streams. */
test('with too many files open nothing is called a bug', async () => {
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
}, 30_000);
