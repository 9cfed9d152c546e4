import { expect, test } from 'vitest';
import type { HostEvent } from '../../../src/emulator/runtime/symbol-contract.ts';
import { sdkPython } from '../../toolchain/python.ts';
import { describeOnUnixWith } from '../../toolchain/require.ts';
import { calls } from '../../wire/sockets.ts';
import { everything, RULE } from './everything.ts';
import { commandsIn, openHost } from './open-host.ts';
import { pythonPlugin } from './python-plugin.ts';

await describeOnUnixWith('updates of a plugin with the real Python SDK', sdkPython, (python) => {
  test.each([
    ['PUT', false],
    ['PUT', true],
    ['restart', false],
    ['restart', true],
  ] as const)('%s while two functions are used, guarded: %s', async (how, workaround) => {
    const world = await openHost({ python, timeouts: { receiveMs: 2_500 } });
    const { host } = world;
    const name = `kpu_${how.toLowerCase()}_${workaround ? 'guarded' : 'bare'}`;
    await world.install(name, await pythonPlugin(name, { workaround }));
    const { two, three, rows, sink, acks } = await everything(world, name);
    const renewed = await pythonPlugin(name, { workaround, version: '2.0.0' });
    if (how === 'PUT') await world.install(name, renewed, 'PUT');
    else await host.restart(name);
    // Source, sink and the function that was started last come back by themselves.
    await rows.nth(4);
    await expect.poll(() => three.exec([3], RULE).catch(() => null), { timeout: 20_000 }).toBe(9);
    await sink.send('[]');
    await acks.nth(2);
    const first = two.exec([3], RULE);
    if (workaround) expect(await first).toBe(6);
    else {
      const words = `time out, plugin ${name} status running, message: `;
      await expect(first).rejects.toMatchObject({ message: words });
      // And so it stays, whatever rule asks for it.
      expect(await host.openFunction(`${name}_two`)).toBe(two);
    }
    expect(await three.exec(['calls'], RULE)).toBeGreaterThan(0);
    expect(host.status(name)).toEqual({
      status: 'running',
      errMsg: '',
      refCount: { [`${name}_r`]: 2 },
    });
    expect(commandsIn(world.events).slice(4).sort()).toEqual([
      `start function ${name}_three ok`,
      `start sink ${name}_snk ok`,
      `start source ${name}_src ok`,
    ]);
    expect(world.events.filter(({ kind }) => kind === 'note')).toEqual([]);
  });

  test.each(['PUT', 'restart'] as const)(
    'a call between the two processes of a %s waits for the new one, if it is worked around',
    async (how) => {
      const name = `kpu_gap_${how.toLowerCase()}`;
      const ended = calls<void>();
      const onEvent = ({ kind }: HostEvent) => (kind === 'ended' ? ended.on() : undefined);
      const world = await openHost({ python, onEvent });
      await world.install(name, await pythonPlugin(name, { workaround: true }));
      const two = await world.host.openFunction(`${name}_two`);
      expect(await two.exec([4], RULE)).toBe(8);
      const called = ended.nth(1).then(() => two.exec([5], RULE));
      const renewed = await pythonPlugin(name, { workaround: true });
      if (how === 'PUT') await world.install(name, renewed, 'PUT');
      else await world.host.restart(name);
      expect(await called).toBe(10);
      // When no new process follows after all, nobody waits for it.
      const lost = ended.nth(2).then(() => two.exec([6], RULE));
      const broken = world.install(name, [{ name: 'nothing', text: '' }], 'PUT');
      await expect(broken).rejects.toThrow('missing or invalid json file');
      await expect(lost).rejects.toThrow(`plugin ${name} status error, message: signal: killed`);
    },
  );
});
