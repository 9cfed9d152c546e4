import { linkSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ScriptedHost } from './scripted-host.ts';

const CONTEXT = JSON.stringify({ ruleId: 'r1', opId: 'op', instanceId: 0, funcId: 0 });
const PLUGIN = { name: 'workaround', functions: { one: () => 1, two: () => 2, three: () => 3 } };

test('functions that a host listens for are there without start; each has one connection', async () => {
  const host = new ScriptedHost();
  const one = await host.listen('func_one');
  const two = await host.listen('func_two');
  await host.run(PLUGIN);
  expect([await one.hears(), await two.hears()]).toEqual(['handshake', 'handshake']);
  expect(await two.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"result":2');
  // As eKuiper after an update: it starts one of them again.
  expect(await host.start('func', 'one')).toBe('ok');
  expect(await host.start('func', 'one')).toBe('ok');
  expect(await one.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"result":1');
  expect([one.connected, two.connected]).toEqual([1, 1]);
});

test('a start while the workaround still dials waits for that one connection', async () => {
  const host = new ScriptedHost();
  const stale = await host.listen('func_one');
  const running = host.run(PLUGIN);
  const [, answer] = await Promise.all([
    stale.hears(),
    running.then(() => host.start('func', 'one')),
  ]);
  expect([answer, stale.connected]).toEqual(['ok', 1]);
});

test('two starts at once make one connection', async () => {
  const host = new ScriptedHost();
  await host.run(PLUGIN);
  const three = await host.listen('func_three');
  expect(await host.start('func', 'three')).toBe('ok');
  expect(await host.start('func', 'three')).toBe('ok');
  expect(await three.hears()).toBe('handshake');
  expect(three.connected).toBe(1);
});

test('a connection that breaks is made again, while the host listens', async () => {
  const host = new ScriptedHost();
  const one = await host.listen('func_one');
  await host.run(PLUGIN);
  await one.hears();
  await one.ask({ func: 'IsAggregate' });
  one.dropPeers();
  expect(await one.hears()).toBe('handshake');
  expect(await one.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"result":1');
  expect([one.connected, one.peers]).toEqual([2, 1]);
});

test('a connection that is gone with its listener is forgotten: the next start dials again', async () => {
  const host = new ScriptedHost();
  const first = await host.listen('func_one');
  await host.run(PLUGIN);
  await first.hears();
  await first.close();
  const second = await host.listen('func_one');
  expect(await host.start('func', 'one')).toBe('ok');
  expect(await second.hears()).toBe('handshake');
  expect(await second.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"result":1');
  expect(second.connected).toBe(1);
});

test('a start for which nobody listens is an error, and the next one dials again', async () => {
  const host = new ScriptedHost();
  await host.run(PLUGIN, { dialMs: 20 });
  expect(await host.start('func', 'two')).toMatch(/^no connection to .*func_two\.ipc/);
  const two = await host.listen('func_two');
  expect(await host.start('func', 'two')).toBe('ok');
  expect(await two.hears()).toBe('handshake');
});

test('after a silence a function socket says handshake once, and the next question is answered', async () => {
  const host = new ScriptedHost();
  await host.run(PLUGIN, { silenceMs: 20 });
  const one = await host.listen('func_one');
  await host.start('func', 'one');
  expect(await one.hears()).toBe('handshake');
  for (const _round of [1, 2]) {
    expect(await one.ask({ func: 'IsAggregate' })).toBe('{"state":true,"result":false}');
    expect(await one.hears()).toBe('handshake');
  }
});

test('the socket of a dead host delays nothing, and the next start dials again', async () => {
  const host = new ScriptedHost();
  const dead = await host.listen('dead');
  linkSync(`${host.folder}/dead.ipc`, `${host.folder}/func_one.ipc`);
  await dead.close();
  await host.run(PLUGIN, { workaroundMs: 20 });
  rmSync(`${host.folder}/func_one.ipc`);
  const one = await host.listen('func_one');
  expect(await host.start('func', 'one')).toBe('ok');
  expect(await one.hears()).toBe('handshake');
  // The try that the limit cut short may have reached it too; it is gone without a word.
  await expect.poll(() => one.peers).toBe(1);
  expect(await one.ask({ func: 'Exec', arg: [CONTEXT] })).toContain('"result":1');
});

test('a class that throws when it is made is the answer to start, and no workaround ends the plugin', async () => {
  const host = new ScriptedHost();
  const one = await host.listen('func_one');
  class Broken {
    constructor() {
      throw new Error('not today');
    }
    exec() {
      return 1;
    }
  }
  await host.run({ name: 'broken', functions: { one: Broken } });
  expect(await host.start('func', 'one')).toBe('not today');
  expect(one.connected).toBe(0);
});
