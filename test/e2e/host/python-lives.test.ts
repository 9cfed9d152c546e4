import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SourceMessage } from '../../../src/emulator/runtime/symbol-contract.ts';
import { isRunning } from '../../fixtures/is-running.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls } from '../../wire/sockets.ts';
import { everything, RULE } from './everything.ts';
import { metaOf, openHost } from './open-host.ts';
import { pythonPlugin } from './python-plugin.ts';

await describeOnUnixWith('the lives of a plugin with the real Python SDK', sdkPython, (python) => {
  test('a crash is noticed and final, until a PUT heals it', async () => {
    const world = await openHost({ python });
    const { host } = world;
    await world.install('kpl_dead', await pythonPlugin('kpl_dead', { workaround: true }));
    const { two, rows } = await everything(world, 'kpl_dead');
    const dead = 'time out, plugin kpl_dead status error, message: exit status 3';
    await expect(two.exec(['crash'], RULE)).rejects.toMatchObject({ message: dead });
    await expect(two.exec([1], RULE)).rejects.toMatchObject({ message: dead });
    expect(host.status('kpl_dead')).toEqual({
      status: 'error',
      errMsg: 'exit status 3',
      refCount: { kpl_dead_r: 2 },
    });
    expect(world.events.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    await world.install('kpl_dead', await pythonPlugin('kpl_dead', { workaround: true }), 'PUT');
    await rows.nth(4);
    expect(await two.exec([5], RULE)).toBe(10);
    await host.kill('kpl_dead');
    expect(host.status('kpl_dead')).toMatchObject({ status: 'error', errMsg: 'signal: killed' });
    await expect(two.exec([1], RULE)).rejects.toThrow('message: signal: killed');
    await host.restart('kpl_dead');
    expect(await two.exec([6], RULE)).toBe(12);
  });

  test('plugins and rules do not disturb each other', async () => {
    const world = await openHost({ python });
    const { host, events } = world;
    const names = ['kpl_p', 'kpl_q'];
    for (const name of names) await world.install(name, await pythonPlugin(name));
    const rules = names.flatMap((name) => ['x', 'y'].map((rule) => [name, `${name}_${rule}`]));
    const open = await Promise.all(rules.map(([name = '', rule]) => everything(world, name, rule)));
    expect(host.status('kpl_p')?.refCount).toEqual({ kpl_p_x: 2, kpl_p_y: 2 });
    expect(host.openSources).toHaveLength(4);
    // One object of a function for all rules, one of source and sink for each.
    expect(await open[0]?.two.exec(['calls'], RULE)).toBe(3);
    for (const [index, { rows }] of open.entries()) {
      expect((await rows.nth(1)).message).toMatchObject({ rule: rules[index]?.[1] });
    }
    await host.kill('kpl_p');
    await open[3]?.sink.send('[]');
    expect(await open[3]?.acks.nth(2)).toBeNull();
    expect(await open[2]?.three.exec([1], RULE)).toBe(3);
    await open[3]?.source.stop();
    expect(host.status('kpl_q')?.refCount).toEqual({ kpl_q_x: 2, kpl_q_y: 1 });
    await expect(open[0]?.source.stop()).rejects.toThrow('plugin kpl_p is not running');
    // What could not be stopped is remembered, as in eKuiper.
    expect(host.status('kpl_p')?.refCount).toEqual({ kpl_p_x: 2, kpl_p_y: 2 });
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(2);
  });

  test('DELETE keeps the channels: POST brings the symbols back', async () => {
    const world = await openHost({ python });
    const { host } = world;
    await world.install('kpl_del', await pythonPlugin('kpl_del', { workaround: true }));
    const { two, rows } = await everything(world, 'kpl_del');
    await host.remove('kpl_del');
    expect(host.pluginOf('source', 'kpl_del_src')).toBeNull();
    expect(host.openSources).toHaveLength(1);
    await expect(two.exec([1], RULE)).rejects.toThrow('message: signal: killed');
    await world.install('kpl_del', await pythonPlugin('kpl_del', { workaround: true }));
    await rows.nth(4);
    expect(await two.exec([1], RULE)).toBe(2);
  });

  test('1.14 starts it with its first symbol, and ends it a second after its last', async () => {
    const world = await openHost({ python, target: '1.14' });
    const { host, events } = world;
    const count = (kind: string) => events.filter((event) => event.kind === kind).length;
    await world.install('kpl_lazy', await pythonPlugin('kpl_lazy'));
    expect(count('started')).toBe(0);
    const rows = calls<SourceMessage>();
    const config = await host.sourceConfig({ source: 'kpl_lazy_src', dataSource: 'topic' });
    const request = { symbol: 'kpl_lazy_src', config, dataSource: 'topic', onMessage: rows.on };
    const source = await host.openSource({ ...request, meta: metaOf('kpl_lazy_r', 's') });
    expect(count('started')).toBe(1);
    // In Python the topic is nowhere (docs/wire.md#commands).
    expect((await rows.nth(1)).message).toMatchObject({
      datasource: '',
      conf: { count: 3, delimiter: '', format: 'json', key: '' },
    });
    await source.stop();
    await expect.poll(() => count('ended'), { timeout: 10_000 }).toBe(1);
    await host.openSource({ ...request, meta: metaOf('kpl_lazy_r', 's') });
    expect(count('started')).toBe(2);
  });

  test.each(['1.14', '2.0'] as const)('%s loses an update while a rule runs', async (target) => {
    const name = `kpl_worse${target.replace('.', '')}`;
    const world = await openHost({ python, target });
    const { host, events } = world;
    await world.install(name, await pythonPlugin(name, { workaround: true }));
    const { rows } = await everything(world, name);
    const update = async () =>
      world.install(name, await pythonPlugin(name, { workaround: true }), 'PUT');
    await update();
    expect(host.status(name)).toEqual({
      status: 'error',
      errMsg: 'signal: killed',
      refCount: { [`${name}_r`]: 2 },
    });
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    await update();
    await rows.nth(4);
    // The same with DELETE and POST.
    await host.remove(name);
    await world.install(name, await pythonPlugin(name, { workaround: true }));
    expect(host.status(name)).toMatchObject({ status: 'error', errMsg: 'signal: killed' });
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(2);
  });

  test('one that is started by hand works, as often as it is started, and is never touched', async () => {
    const { host, folder } = await openHost({ python });
    const project = path.join(folder, 'kpl_hand');
    await mkdir(path.join(project, 'sources'), { recursive: true });
    for (const { name, text = '', dir } of await pythonPlugin('kpl_hand', { workaround: true })) {
      if (!dir) await writeFile(path.join(project, name), text);
    }
    const functions = ['kpl_hand_two', 'kpl_hand_three'];
    const info = {
      name: 'kpl_hand',
      version: '1',
      language: 'python',
      executable: path.join(project, 'main.py'),
      virtualEnvType: null,
      env: null,
      sources: ['kpl_hand_src'],
      sinks: ['kpl_hand_snk'],
      functions,
    };
    // The last process of it is killed by this test, with its sink open.
    onTestFinished(() => rm('/tmp/kpl_hand_r_k_0.ipc', { force: true }));
    const start = () => {
      const child = spawn(python, ['main.py'], { cwd: project, stdio: 'ignore' });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    };
    const adopted = await host.adopt(info, project);
    const first = start();
    await adopted.handshake;
    const { two, three, rows } = await everything({ host, folder }, 'kpl_hand');
    await host.kill('kpl_hand').catch(() => undefined);
    first.kill('SIGKILL');
    await once(first, 'exit');
    await expect.poll(() => host.status('kpl_hand')?.status).toBe('error');
    const second = start();
    await rows.nth(4);
    expect([await two.exec([7], RULE), await three.exec([7], RULE)]).toEqual([14, 21]);
    await host.close();
    expect(await isRunning(second.pid ?? 0)).toBe(true);
  });
});
