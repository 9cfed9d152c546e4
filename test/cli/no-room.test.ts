import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BIN, cleanEnv, kplugin } from '../bin/run.ts';
import { temporaryFolders } from '../fixtures/tree.ts';
import { describeOnLinux, describeOnUnix } from '../toolchain/require.ts';

const folder = temporaryFolders();

/** Runs kplugin where the system lets no file have any content, as a full disk does. */
async function withoutRoom(home: string, ...args: string[]): Promise<number> {
  const command = 'ulimit -f 0; exec "$0" "$@"';
  const child = spawn('/bin/sh', ['-c', command, process.execPath, BIN, ...args], {
    cwd: home,
    env: { ...cleanEnv(), XDG_CONFIG_HOME: join(home, 'config') },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  return code;
}

describeOnUnix('where nothing can be written, no empty file is left', () => {
  it('by host add: it would be taken for the lock of another', async () => {
    const home = folder();
    expect(await withoutRoom(home, 'host', 'add', 'edge1', '127.0.0.1:1')).toBe(2);
    expect(readdirSync(home, { recursive: true })).toEqual([]);
  });

  it('by schema: editors would read it', async () => {
    const home = folder();
    expect(await withoutRoom(home, 'schema', '--out', 's')).toBe(2);
    expect(readdirSync(join(home, 's'))).toEqual([]);
  });
});

describeOnUnix('a device that takes nothing', () => {
  it.each([['list --help'], ['--version'], ['list']])(
    'kplugin %s > /dev/full is an error with exit code 2 where it has something to print',
    async (words) => {
      const command = 'exec "$0" "$@" > /dev/full';
      const args = ['-c', command, process.execPath, BIN, ...words.split(' ')];
      const child = spawn('/bin/sh', args, {
        env: cleanEnv(),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let text = '';
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      const [code] = await once(child, 'close');
      expect(code).toBe(2);
      expect(text).toMatch(/^error: /);
      expect(text).not.toMatch(/node:events|\n\s+at /);
    },
  );
});

describeOnLinux('a place where no folder can be', () => {
  it.each([
    ['/dev/full', 'is there and is not a directory'],
    ['/proc/none', 'ENOENT'],
  ])('kplugin schema --out %s says what is there', async (out, why) => {
    const { code, stderr } = await kplugin(['schema', '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${out} cannot be written\n  why  `);
    expect(stderr).toContain(why);
  });
});
