import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BIN, cleanEnv } from '../bin/run.ts';
import { temporaryFolders } from '../fixtures/tree.ts';
import { describeOnUnix } from '../toolchain/require.ts';

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
