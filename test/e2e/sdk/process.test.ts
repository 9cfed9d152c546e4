import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listenPull } from '../../../src/sp/pull.ts';
import { command, control, isAlive, listening, pluginFile, start } from './spawned.ts';

const META = { ruleId: 'kpspawnedproc', opId: 'op', instanceId: 0 };
const START_TICKER = command('start', {
  symbolName: 'kpspawned_ticker',
  pluginType: 'source',
  meta: META,
  config: { interval: 1 },
});
const CONTEXT = JSON.stringify({ ...META, funcId: 0 });

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  '%s closes what runs, then the process ends with %i: eKuiper takes 0 for running',
  async (signal, code) => {
    const host = await control();
    const plugin = await start(await pluginFile(), ['{"sendTimeout":1000}']);
    expect(await host.hears()).toBe('handshake');
    const rows = await listenPull('/tmp/kpspawnedproc_op_0.ipc', { onMessage: () => undefined });
    onTestFinished(() => rows.close());
    expect(await host.ask(START_TICKER)).toBe('ok');
    plugin.child.kill(signal);
    expect(await plugin.ended).toEqual([code, null]);
    expect(plugin.printed()).toContain('ticker closed');
  },
);

test('started by hand before the host, and without an argument, it waits for it', async () => {
  const plugin = await start(await pluginFile());
  // Its first tries find nobody.
  const host = await control();
  expect(await host.hears()).toBe('handshake');
  expect(await host.ask(command('stop', { symbolName: 'x', pluginType: 'func' }))).toBe('ok');
  expect(isAlive(plugin.pid)).toBe(true);
});

test('a rejection that nobody awaits ends it with 1, and no line of the log is lost', async () => {
  const host = await control();
  const plugin = await start(await pluginFile());
  await host.hears();
  const shout = await listening('/tmp/func_kpspawned_shout.ipc');
  const startShout = command('start', { symbolName: 'kpspawned_shout', pluginType: 'func' });
  expect(await host.ask(startShout)).toBe('ok');
  await shout.hears();
  await shout.say(JSON.stringify({ func: 'Exec', arg: [CONTEXT] }));
  expect(await plugin.ended).toEqual([1, null]);
  for (let n = 0; n < 50; n += 1) expect(plugin.printed()).toContain(` end of ${n}\n`);
  expect(plugin.printed()).toMatch(/unhandled rejection: Error: nobody awaits this\n +at /);
});

const PARENT = `
const { spawn } = require('node:child_process');
const { createServer } = require('node:net');
// Says hello as a REP socket does; that is all a plugin needs to be connected.
createServer((socket) => socket.write(Buffer.from([0, 0x53, 0x50, 0, 0, 0x31, 0, 0])))
  .listen(process.argv[2], () => {
    const plugin = spawn(process.execPath, [process.argv[3]], { stdio: ['ignore', 'inherit', 'inherit'] });
    console.log('PLUGIN ' + plugin.pid);
  });
`;

test('a host that is killed takes the plugin with it', async () => {
  const file = await pluginFile();
  const parentFile = path.join(path.dirname(file), 'parent.cjs');
  writeFileSync(parentFile, PARENT);
  const socket = '/tmp/plugin_kpspawnede2e.ipc';
  const parent = await start(parentFile, [socket, file]);
  await expect.poll(parent.printed, { timeout: 10_000 }).toContain('connected to the host');
  const pid = Number(/PLUGIN (\d+)/.exec(parent.printed())?.[1]);
  expect(isAlive(pid)).toBe(true);
  parent.child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  await parent.ended;
  expect(parent.printed()).toContain('the host that started this plugin is gone');
  // The next host takes the socket file over.
  await control();
});
