import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Instance } from '../../../../../src/emulator/runtime/run/instance.ts';
import type { HostEvent } from '../../../../../src/emulator/runtime/symbol-contract.ts';
import type { PluginInfo } from '../../../../../src/model/plugin/manifest.ts';
import { dialRequest } from '../../../../../src/sp/request.ts';
import { describeOnUnix } from '../../../../toolchain/require.ts';

let folder = '';
let events: HostEvent[] = [];
let instance: Instance;
const closers: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kplugin-instance-'));
  events = [];
  instance = instanceWith(5_000);
});
afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await instance.stop();
  await rm(folder, { recursive: true, force: true });
});

function instanceWith(initTimeoutMs: number): Instance {
  return new Instance('ins', {
    target: '2.4',
    socketFolder: folder,
    initTimeoutMs,
    python: path.join(folder, 'no-python'),
    machine: { platform: process.platform, architecture: process.arch },
    env: { PATH: '/usr/bin:/bin' },
    onEvent: (event) => events.push(event),
    now: () => performance.now(),
    signal: new AbortController().signal,
  });
}

/** A plugin that is this script; its part of the conversation is played by the test. */
async function plugin(script: string, more: Partial<PluginInfo> = {}): Promise<PluginInfo> {
  const executable = path.join(folder, 'run');
  await writeFile(executable, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return {
    name: 'ins',
    version: '',
    language: 'go',
    executable,
    virtualEnvType: null,
    env: null,
    sources: null,
    sinks: null,
    functions: ['insfn'],
    ...more,
  };
}

/** Dials the control socket as a plugin does; what it says first, if anything. */
async function dial(text: string | null): Promise<void> {
  const socket = await dialRequest(path.join(folder, 'plugin_ins.ipc'));
  closers.push(() => socket.close());
  if (text !== null) socket.request(text).catch(() => undefined);
}

const notes = () => events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));

describeOnUnix('one plugin', () => {
  test.each([
    'sh: 2: Cannot fork',
    'OSError: [Errno 24] Too many open files',
    "RuntimeError: can't start new thread",
  ])('that ends with "%s" met a limit of the machine: eKuiper says nothing', async (words) => {
    const info = await plugin(`cat >&2 <<'END'\n${words}\nEND\nexit 2`);
    await expect(instance.start(info)).rejects.toMatchObject({
      name: 'MachineLimit',
      code: 'plugin-met-limit',
      reason: words,
    });
    expect(instance.status.status).toBe('error');
  });

  test('runs after its handshake; stopped, it is gone with its socket', async () => {
    const started = instance.start(await plugin('exec sleep 600'));
    expect(instance.status.status).toBe('initializing');
    await dial('handshake');
    await started;
    expect(instance.status).toEqual({ status: 'running', errMsg: '' });
    expect(instance.isAlive).toBe(true);
    await instance.stop();
    await instance.stop();
    expect(instance.status).toEqual({ status: 'error', errMsg: 'signal: killed' });
    expect(instance.isAlive).toBe(false);
    expect(existsSync(path.join(folder, 'plugin_ins.ipc'))).toBe(false);
  });

  test('that connects and says something else is told apart', async () => {
    instance = instanceWith(2_000);
    const started = instance.start(await plugin('exec sleep 600'));
    const failed = expect(started).rejects.toThrow(
      /receive time out\nkplugin: .* sent no handshake/,
    );
    await dial('who are you');
    await failed;
  });

  test('that ends well is still called running, as eKuiper does, and can be started again', async () => {
    const started = instance.start(await plugin('while [ ! -e go ]; do sleep 0.05; done'));
    await dial('handshake');
    await started;
    await writeFile(path.join(folder, 'go'), '');
    await expect.poll(() => instance.isAlive).toBe(false);
    expect(instance.status.status).toBe('running');
    expect(notes()).toContain('eKuiper goes on calling it "running"');
    const again = instance.start(await plugin('exec sleep 600'));
    await dial('handshake');
    await again;
    expect(instance.isAlive).toBe(true);
  });

  test('behind a wrapper that ends well runs all the same', async () => {
    const started = instance.start(await plugin('sleep 600 &'));
    await expect.poll(() => events.some(({ kind }) => kind === 'ended')).toBe(true);
    await dial('handshake');
    await started;
    expect(instance.status.status).toBe('running');
    await instance.stop();
    expect(instance.status.status).toBe('stop');
    expect(notes()).toContainEqual(expect.stringContaining('children of the process outlived it'));
  });

  test('two that answer to one name are noticed', async () => {
    const started = instance.start(await plugin('exec sleep 600'));
    await dial('handshake');
    await started;
    await dial('handshake');
    await expect.poll(notes).toContainEqual(expect.stringContaining('a second process connected'));
  });

  test('whose children outlive it is said to have some', async () => {
    const started = instance.start(await plugin('sleep 600 & : > child; wait'));
    await expect.poll(() => existsSync(path.join(folder, 'child'))).toBe(true);
    await dial('handshake');
    await started;
    await instance.stop();
    expect(notes()).toContainEqual(expect.stringContaining('children of the process outlived it'));
  });

  test.each([
    [
      'no Python',
      '',
      { language: 'python' },
      /stops with error fork\/exec .*no-python: no such file/,
    ],
    ['no exec format', 'x', { executable: 'data' }, /fork\/exec .*data: exec format error/],
    [
      'a venv',
      '',
      { language: 'python', virtualEnvType: 'venv' },
      /unsupported virtual type: venv/,
    ],
    [
      'conda, nowhere',
      '',
      { language: 'python', virtualEnvType: 'conda', env: 'e' },
      /exec: "conda": executable file not found in \$PATH/,
    ],
  ] as const)('cannot start: %s', async (_title, script, more, words) => {
    const info = await plugin(script, more);
    if (info.executable === 'data') {
      const executable = path.join(folder, 'data');
      await writeFile(executable, 'no program', { mode: 0o755 });
      await expect(instance.start({ ...info, executable })).rejects.toThrow(words);
    } else {
      await expect(instance.start(info)).rejects.toThrow(words);
    }
    expect(instance.status.status).toBe('error');
    expect(existsSync(path.join(folder, 'plugin_ins.ipc'))).toBe(false);
  });
});
