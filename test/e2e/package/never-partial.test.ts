import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../../bin/run.ts';
import { GOOD_PROJECT, temporaryFolders } from '../../fixtures/tree.ts';
import { describeOnUnix } from '../../toolchain/require.ts';

const folder = temporaryFolders();
const KILLS = 14;
const OLD = 'the old file';

const project = folder({
  ...GOOD_PROJECT,
  ...Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`lib/${n}`, randomBytes(300_000)])),
  'big.bin': randomBytes(6_000_000),
});

function start(target: string): ChildProcess {
  return spawn(process.execPath, [BIN, 'pack', project, '-o', target], {
    env: cleanEnv(),
    stdio: 'ignore',
  });
}

/** What a killed run leaves, and the next one removes. */
const DRAFT = /^\.x\.zip\..*\.kplugin-tmp$/;

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

describeOnUnix('a package is whole or not there', () => {
  it(`when killed at ${KILLS} moments of its run`, async () => {
    const out = folder();
    const target = join(out, 'x.zip');
    const started = performance.now();
    await once(start(target), 'exit');
    const whole = digest(target);
    const runs = performance.now() - started;
    for (let kill = 0; kill < KILLS; kill += 1) {
      writeFileSync(target, OLD);
      const child = start(target);
      const ended = once(child, 'exit');
      // Spread over a whole run, the end included, where the file gets its name.
      await Promise.race([delay((runs * (kill + 1)) / KILLS), ended]);
      child.kill('SIGKILL');
      await ended;
      expect([whole, createHash('sha256').update(OLD).digest('hex')]).toContain(digest(target));
      expect(readdirSync(out).filter((name) => !DRAFT.test(name))).toEqual(['x.zip']);
    }
    await once(start(target), 'exit');
    expect(readdirSync(out)).toEqual(['x.zip']);
  });

  it('when interrupted: exit 130, nothing left', async () => {
    const out = folder();
    const child = start(join(out, 'x.zip'));
    const ended = once(child, 'exit');
    while (readdirSync(out).length === 0 && child.exitCode === null) await delay(2);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(readdirSync(out)).toEqual([]);
  });

  it('when the system allows no file of that size', async () => {
    const out = folder({ 'x.zip': OLD });
    const command = 'ulimit -f 200; exec "$0" "$1" pack "$2" -o "$3"';
    const child = spawn(
      '/bin/sh',
      ['-c', command, process.execPath, BIN, project, join(out, 'x.zip')],
      {
        env: cleanEnv(),
        stdio: 'ignore',
      },
    );
    const [code] = await once(child, 'exit');
    expect(code).not.toBe(0);
    expect(readdirSync(out)).toEqual(['x.zip']);
    expect(readFileSync(join(out, 'x.zip'), 'utf8')).toBe(OLD);
  });

  it('to a reader that goes away: no failure', async () => {
    const child = spawn(process.execPath, [BIN, 'pack', project, '-o', '-', '-q'], {
      env: cleanEnv(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('to a full disk behind stdout: exit 2', async () => {
    if (!existsSync('/dev/full')) return expect(process.platform).not.toBe('linux');
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [BIN, 'pack', project, '-o', '-', '-q'], {
      env: cleanEnv(),
      stdio: ['ignore', full, 'ignore'],
    });
    closeSync(full);
    expect(await once(child, 'exit')).toEqual([2, null]);
    return undefined;
  });

  it.each([
    ['the disk is full', '/dev/full', 'disk-full'],
    ['nobody may write there', '/proc/kplugin.zip', 'output-unwritable'],
  ])('when %s', async (_name, target, code) => {
    if (!existsSync('/dev/full')) return expect(process.platform).not.toBe('linux');
    const run = await kplugin(['pack', project, '-o', target, '--json']);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout).error).toMatchObject({ code });
    return undefined;
  });
});
