import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { locked } from '../../../../src/package/files/file-lock.ts';
import { isRunning } from '../../../../src/package/files/is-running.ts';
import { INIT_MARKER, isBeingFilled } from '../../../../src/scaffold/write/survey.ts';
import { describeOnLinux } from '../../../toolchain/require.ts';
import { scratch } from '../../client/auth/keys.ts';

let parent: ChildProcess | null = null;

/** A process that has ended and that its parent, which runs until its input ends, never asks about. */
async function zombie(): Promise<number> {
  parent = spawn('/bin/sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const own = parent.pid;
  const stdout = parent.stdout ?? expect.fail('it has no output');
  const [line] = await once(stdout, 'data');
  const pid = Number(String(line));
  // The shell itself might ask about it; `cat` does not.
  await expect.poll(() => readFileSync(`/proc/${own}/comm`, 'latin1')).toBe('cat\n');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'latin1')).toMatch(/\) Z /);
  return pid;
}

describeOnLinux('a process that has ended and was not reaped', () => {
  afterEach(async () => {
    const ended = parent && once(parent, 'close');
    parent?.stdin?.end();
    await ended;
  });

  it('does not run', async () => {
    expect(await isRunning(await zombie())).toBe(false);
    expect(await isRunning(process.pid)).toBe(true);
    expect(await isRunning(1)).toBe(true);
    expect(await isRunning(2 ** 31)).toBe(false);
  });

  it('is not one that fills a folder', async () => {
    const root = await scratch();
    await writeFile(path.join(root, INIT_MARKER), `${await zombie()}`);
    expect(await isBeingFilled(root)).toBe(false);
    await writeFile(path.join(root, INIT_MARKER), `${parent?.pid}`);
    expect(await isBeingFilled(root)).toBe(true);
  });

  it('holds no lock', async () => {
    const file = path.join(await scratch(), 'hosts.json');
    const never = { tell: 60_000, stale: 60_000, busy: 60_000 };
    const holder = { pid: await zombie(), on: hostname(), id: 'x' };
    await writeFile(`${file}.lock`, JSON.stringify(holder));
    const fail = () => expect.fail('it waits');
    const signal = new AbortController().signal;
    const effects = { waiting: fail, busy: fail, notWritable: fail, signal, limits: never };
    expect(await locked(file, effects, (held) => held())).toBe(true);
  });
});
