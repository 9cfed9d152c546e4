import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { moveIdleSockets } from '../../../../src/commands/test/idle-sockets.ts';

const NAMES = ['plugin_a.ipc', 'func_a.ipc'];

const LISTEN = 'require("net").createServer().listen(process.argv[1], () => console.log("up"))';

function socketFolder(): string {
  const folder = mkdtempSync('/tmp/kps');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that listens on `plugin_a.ipc` under the name of a program. */
async function listening(folder: string, program: string): Promise<string> {
  const file = path.join(folder, 'plugin_a.ipc');
  const child = spawn(process.execPath, ['-e', LISTEN, file], { argv0: program });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return file;
}

describe.runIf(process.platform === 'linux')('a socket on which an eKuiper listens', () => {
  it('without a plugin is moved aside, and put back', async () => {
    const folder = socketFolder();
    const file = await listening(folder, 'kuiperd');
    const { ino } = statSync(file);
    const putBack = await moveIdleSockets(folder, NAMES);
    expect(existsSync(file)).toBe(false);
    await putBack();
    expect(statSync(file).ino).toBe(ino);
    expect(readdirSync(folder)).toEqual(['plugin_a.ipc']);
  });

  it('stays when a plugin is connected to it', async () => {
    const folder = socketFolder();
    const file = await listening(folder, 'kuiperd');
    const client = createConnection(file);
    onTestFinished(() => {
      client.destroy();
    });
    await once(client, 'connect');
    await moveIdleSockets(folder, NAMES);
    expect(existsSync(file)).toBe(true);
  });

  it('is put back when the run that moved it was killed', async () => {
    const folder = socketFolder();
    const file = await listening(folder, 'kuiperd');
    const { pid = 0 } = spawn('true');
    renameSync(file, `${file}.kplugin-test-${pid}`);
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
    const putBack = await moveIdleSockets(folder, NAMES);
    await putBack();
    expect(readdirSync(folder)).toEqual(['plugin_a.ipc']);
  });
});

it.runIf(process.platform === 'linux')('a socket of another program stays', async () => {
  const folder = socketFolder();
  const file = await listening(folder, 'mosquitto');
  await moveIdleSockets(folder, NAMES);
  expect(existsSync(file)).toBe(true);
});
