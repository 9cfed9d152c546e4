import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Channel } from '../../unit/sdk/channel.ts';
import { bundlePlugin } from './plugin-host.ts';

/** Not the names of hosts.test.ts, which may run at the same time. */
const PREFIX = 'kpspawned';
const NAME = `${PREFIX}e2e`;

export interface Spawned {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Everything it has printed. */
  printed(): string;
  /** Exit code and signal, once its streams are at an end. */
  readonly ended: Promise<unknown[]>;
}

/** The plugin's file in a folder that goes with the test. */
export async function pluginFile(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kpsdk-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, NAME);
  await bundlePlugin(file, PREFIX);
  return file;
}

/** Starts a program; it is killed with the test. */
export async function start(file: string, args: readonly string[] = []): Promise<Spawned> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  await once(child, 'spawn');
  return { child, pid: child.pid ?? 0, printed: () => printed, ended: once(child, 'close') };
}

/** The host's end of the plugin's control socket. */
export async function control(): Promise<Channel> {
  return listening(`/tmp/plugin_${NAME}.ipc`);
}

export async function listening(socket: string): Promise<Channel> {
  const channel = await Channel.listen(socket);
  onTestFinished(() => channel.close());
  return channel;
}

export function command(cmd: string, control: object): object {
  return { cmd, arg: JSON.stringify(control) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
