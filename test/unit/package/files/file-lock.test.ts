import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT, KpluginError } from '../../../../src/model/error.ts';
import { type LockEffects, locked } from '../../../../src/package/files/file-lock.ts';
import { FileTooLong } from '../../../../src/package/files/regular-file.ts';
import { scratch } from '../../client/auth/keys.ts';

function failure(code: 'hosts-busy' | 'not-writable', message: string): KpluginError {
  return new KpluginError({ code, exit: EXIT.usage, message, hint: 'x' });
}

function effects(limits?: LockEffects['limits']): LockEffects & { said: string[] } {
  const said: string[] = [];
  const base = {
    said,
    waiting: (lock: string) => said.push(lock),
    signal: new AbortController().signal,
    busy: (lock: string) => failure('hosts-busy', lock),
    notWritable: (lock: string) => failure('not-writable', lock),
  };
  return limits === undefined ? base : { ...base, limits };
}

const NEVER = 60_000;
const holder = (pid: number, on = hostname()) => JSON.stringify({ pid, on, id: 'x' });

async function left(text: string): Promise<string> {
  const file = path.join(await scratch(), 'hosts.json');
  await writeFile(`${file}.lock`, text);
  return file;
}

/** The number of a process that has just ended. */
function goneProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('the lock of a file', () => {
  it('lets one work at a time, in spite of everything that is read in between', async () => {
    const file = path.join(await scratch(), 'count');
    await writeFile(file, '0');
    const add = () =>
      locked(file, effects(), async () => {
        const count = Number(await readFile(file, 'utf8'));
        await new Promise((resolve) => setImmediate(resolve));
        await writeFile(file, String(count + 1));
      });
    await Promise.all(Array.from({ length: 25 }, add));
    expect(await readFile(file, 'utf8')).toBe('25');
    expect(await readdir(path.dirname(file))).toEqual(['count']);
  });

  it('is let go when the work fails', async () => {
    const file = path.join(await scratch(), 'hosts.json');
    const work = locked(file, effects(), () => Promise.reject(new Error('no')));
    await expect(work).rejects.toThrow('no');
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('is not waited for where no kplugin made it', async () => {
    const lock = async (make: (file: string) => unknown): Promise<unknown> => {
      const file = path.join(await scratch(), 'hosts.json');
      await make(`${file}.lock`);
      return locked(file, effects(), () => Promise.resolve('done'));
    };
    await expect(lock((file) => spawnSync('mkfifo', [file]))).rejects.toThrow('hosts.json.lock');
    await expect(lock((file) => writeFile(file, 'x'.repeat(5000)))).rejects.toThrow(FileTooLong);
  });

  it('of a process that is gone is taken over at once', async () => {
    const file = await left(holder(goneProcess()));
    const own = effects({ tell: NEVER, stale: NEVER, busy: NEVER });
    expect(await locked(file, own, async (held) => held())).toBe(true);
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it.each([
    ['from another machine', holder(1, 'elsewhere')],
    ['cut short', ''],
    ['of a process that got a number anew', holder(process.pid)],
  ])('%s is taken over when nothing comes of it; it is said who is waited for', async (_, text) => {
    const file = await left(text);
    const own = effects({ tell: 1, stale: 80, busy: NEVER });
    expect(await locked(file, own, async (held) => held())).toBe(true);
    expect(own.said).toEqual([`${file}.lock`]);
  });

  it('that is left over is taken by one alone of many', async () => {
    const file = await left(holder(goneProcess()));
    let inside = 0;
    let most = 0;
    const work = () =>
      locked(file, effects(), async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 20 }, work));
    expect(most).toBe(1);
  });

  it('that never comes free is a failure with what to do; it stays whose it is', async () => {
    const file = await left(holder(process.pid));
    const own = effects({ tell: NEVER, stale: NEVER, busy: 50 });
    await expect(locked(file, own, async () => {})).rejects.toMatchObject({
      code: 'hosts-busy',
      exit: 2,
    });
    expect(await readFile(`${file}.lock`, 'utf8')).toBe(holder(process.pid));
  });

  it('is waited for until Ctrl-C', async () => {
    const file = await left(holder(process.pid));
    const own = { ...effects(), signal: AbortSignal.abort(new Error('interrupted')) };
    await expect(locked(file, own, async () => {})).rejects.toThrow('interrupted');
  });

  it('that somebody took away meanwhile is known before anything is written', async () => {
    const file = path.join(await scratch(), 'hosts.json');
    const held = await locked(file, effects(), async (stillHeld) => {
      await writeFile(`${file}.lock`, holder(1, 'elsewhere'));
      return stillHeld();
    });
    expect(held).toBe(false);
    expect(await readdir(path.dirname(file))).toEqual(['hosts.json.lock']);
  });
});
