import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { listenUnix } from '../../../src/sp/connecting.ts';
import { SocketInUse, SocketPathTooLong } from '../../../src/sp/errors.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { closing, socketPath } from '../../wire/sockets.ts';

const ignore = () => undefined;

/** Leaves a socket file as a killed process does. */
async function staleSocket(): Promise<string> {
  const file = socketPath();
  const script = `require('node:net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await promisify(execFile)(process.execPath, ['-e', script]).catch(ignore);
  expect(existsSync(file)).toBe(true);
  return file;
}

describeOnUnix('listenUnix', () => {
  test('takes over the file of a dead process, and leaves nothing beside it', async () => {
    const file = await staleSocket();
    const server = closing(await listenUnix(file, ignore));
    expect(server.address()).toBe(file);
    const names = await readdir(path.dirname(file));
    expect(names.filter((name) => name.startsWith(path.basename(file)))).toEqual([
      path.basename(file),
    ]);
  });

  test('of many who want the file of a dead process exactly one gets it', async () => {
    const file = await staleSocket();
    const tries = Array.from({ length: 8 }, () => listenUnix(file, ignore));
    const outcomes = await Promise.allSettled(tries);
    for (const one of outcomes) if (one.status === 'fulfilled') closing(one.value);
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals).toHaveLength(7);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(SocketInUse);
  });

  test('leaves a live listener alone and says whose path it is', async () => {
    const file = socketPath();
    const other = createServer().listen(file);
    closing(other);
    await expect(listenUnix(file, ignore)).rejects.toMatchObject({
      name: 'SocketInUse',
      path: file,
      by: 'listener',
    });
    expect(existsSync(file)).toBe(true);
  });

  test('leaves a file alone that is not a socket', async () => {
    const file = socketPath();
    await writeFile(file, 'notes');
    await expect(listenUnix(file, ignore)).rejects.toMatchObject({
      name: 'SocketInUse',
      by: 'file',
    });
    expect(await readFile(file, 'utf8')).toBe('notes');
  });

  test('refuses a path that the operating system would cut', async () => {
    const file = path.join('/tmp', `${'x'.repeat(120)}.ipc`);
    await expect(listenUnix(file, ignore)).rejects.toThrow(SocketPathTooLong);
  });

  test('passes on what the operating system says of a folder that is not there', async () => {
    await expect(listenUnix('/tmp/kpsp-no-such-folder/x.ipc', ignore)).rejects.toThrow('EACCES');
  });
});
