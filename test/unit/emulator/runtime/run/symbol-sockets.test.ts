import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { listenerOf } from '../../../../../src/emulator/runtime/run/symbol-sockets.ts';
import { socketPath } from '../../../../wire/sockets.ts';

let proc = '';

beforeEach(async () => {
  proc = await mkdtemp(path.join(tmpdir(), 'kplugin-proc-'));
});

afterEach(() => rm(proc, { recursive: true, force: true }));

/** What Linux shows of a process that listens on `/tmp/a b.ipc`, and of another that is only connected. */
async function machine(...command: readonly string[]): Promise<void> {
  await mkdir(path.join(proc, 'net'));
  await writeFile(
    path.join(proc, 'net/unix'),
    [
      'Num       RefCount Protocol Flags    Type St Inode Path',
      '0000000000000000: 00000003 00000000 00000000 0001 03 111 /tmp/a b.ipc',
      '0000000000000000: 00000002 00000000 00010000 0001 01 222 /tmp/a b.ipc',
      '0000000000000000: 00000002 00000000 00010000 0001 01 333',
      '',
    ].join('\n'),
  );
  for (const [pid, inode] of [
    ['7', '111'],
    ['8', '222'],
  ] as const) {
    await mkdir(path.join(proc, pid, 'fd'), { recursive: true });
    await symlink(`socket:[${inode}]`, path.join(proc, pid, 'fd/3'));
    await writeFile(path.join(proc, pid, 'cmdline'), `${command.join('\0')}\0`);
  }
}

describe('who listens', () => {
  test.each([
    [['/kuiper/bin/kuiperd'], 'an eKuiper (process 8)'],
    [['node', '/x/bin/kplugin.js', 'serve', '--json'], 'another "kplugin serve" (process 8)'],
    [['/usr/bin/kplugin', 'dev'], 'another "kplugin dev" (process 8)'],
    [['/usr/bin/python3', 'x.py', 'kplugin'], 'python3 (process 8)'],
    [[''], 'a program (process 8)'],
  ])('%j', async (command, owner) => {
    await machine(...command);
    const listener = await listenerOf('/tmp/a b.ipc', proc);
    expect(listener && `${listener.name} (process ${listener.pid})`).toBe(owner);
    expect(await listenerOf('/tmp/other.ipc', proc)).toBe(null);
  });

  test('not Linux', async () => {
    expect(await listenerOf('/tmp/a b.ipc', path.join(proc, 'none'))).toBe(null);
  });

  test('this very process, where the kernel tells', async () => {
    const server = createServer();
    const file = socketPath();
    await new Promise<void>((resolve) => server.listen(file, resolve));
    onTestFinished(() => {
      server.close();
    });
    const expected = { pid: `${process.pid}`, isUsed: false };
    if (process.platform === 'linux') expect(await listenerOf(file)).toMatchObject(expected);
    else expect(await listenerOf(file)).toBe(null);
    const client = createConnection(file);
    await once(client, 'connect');
    if (process.platform === 'linux') {
      expect(await listenerOf(file)).toMatchObject({ ...expected, isUsed: true });
    }
    client.destroy();
  });
});
