import { expect, test } from 'vitest';
import type { SymbolHost } from '../../../../../src/emulator/runtime/symbol-contract.ts';
import { dialRequest } from '../../../../../src/sp/request.ts';
import { describeOnUnix } from '../../../../toolchain/require.ts';
import { META, PLUGIN, scriptedWorld, toldBy } from './scripted-plugin.ts';

const openSource = (host: SymbolHost, ruleId = 'r1') =>
  host.openSource({ symbol: 'src', meta: { ...META, ruleId }, config: {}, onMessage: () => {} });

/** A plugin that says all this, one after the other, whatever it is told. */
async function saying(path: string, texts: readonly string[]): Promise<() => string[]> {
  const socket = await dialRequest(path);
  const heard: string[] = [];
  const talk = async (): Promise<void> => {
    for (const text of texts) heard.push((await socket.request(text)).toString());
  };
  void talk().catch(() => undefined);
  return () => heard;
}

describeOnUnix('commands', () => {
  test.each([
    ['2.4', null],
    ['2.1', null],
    ['2.0', 'receive error: handshake\nkplugin: this was the keep-alive'],
    ['1.14', 'receive error: handshake\nkplugin: this was the keep-alive'],
  ] as const)('as eKuiper %s: a handshake in between', async (target, error) => {
    const { host, at } = await scriptedWorld({ target });
    const heard = await saying(at('plugin_plug.ipc'), ['handshake', 'handshake', 'ok', 'later']);
    const opening = openSource(host);
    if (error === null) {
      await opening;
      // It was asked again, after the handshake had taken the place of the answer.
      expect(heard().map((text) => toldBy(text).cmd)).toEqual(['start', 'start']);
    } else {
      await expect(opening).rejects.toThrow(error);
    }
  });

  test('go out one after the other, whoever asks', async () => {
    const { host, start } = await scriptedWorld();
    let open = 0;
    let most = 0;
    await start(async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return 'ok';
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((rule) => openSource(host, rule)));
    expect(most).toBe(1);
    expect(host.status('plug')?.refCount).toEqual({ a: 1, b: 1, c: 1, d: 1 });
  });

  test.each([
    [
      '2.4',
      'receive error: \nkplugin: no answer to "start" within 50 ms; eKuiper would wait an hour',
    ],
    ['2.0', "can't receive: receive time out\nkplugin: no answer"],
  ] as const)('that get no answer fail in time, as eKuiper %s', async (target, words) => {
    const { host, start, sockets } = await scriptedWorld({ target, timeouts: { commandMs: 50 } });
    await start(() => null);
    await expect(openSource(host)).rejects.toThrow(words);
    // Now there is not even a request left that could be answered.
    await expect(openSource(host)).rejects.toThrow(
      "can't send message on control rep socket: receive time out",
    );
    expect(await sockets()).toEqual(['plugin_plug.ipc']);
  });

  test('are passed over when their answer comes after all', async () => {
    const { host, start, notes } = await scriptedWorld({ timeouts: { commandMs: 500 } });
    let answer: (text: string) => void = () => undefined;
    let asked = 0;
    await start(() => {
      asked += 1;
      if (asked > 1) return 'ok';
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    await expect(openSource(host)).rejects.toThrow('no answer to "start"');
    answer('late');
    await openSource(host);
    expect(notes()).toContain('said without being asked: late');
  });

  test('end at once when the plugin goes', async () => {
    const { host, start } = await scriptedWorld({ timeouts: { commandMs: 60_000 } });
    const peer = await start(() => {
      peer.close();
      return null;
    });
    await expect(openSource(host)).rejects.toThrow(
      'plugin plug is not running successfully, please make sure it is valid',
    );
    expect(host.status('plug')).toMatchObject({ status: 'error' });
  });

  test('are told again to the next process, but of the functions only the last one', async () => {
    const { host, start, events } = await scriptedWorld();
    const first = await start();
    await host.openFunction('one');
    const source = await openSource(host);
    await openSource(host, 'r2');
    await host.openFunction('two');
    await source.stop();
    first.close();
    await expect.poll(() => host.status('plug')?.status).toBe('error');
    const second = await start();
    await expect.poll(() => second.questions.length).toBe(2);
    const told = second.questions.map(toldBy);
    expect(told.map(({ symbolName, meta }) => `${symbolName} ${meta.ruleId}`)).toEqual([
      'two ',
      'src r2',
    ]);
    await expect
      .poll(() => host.status('plug'))
      .toEqual({
        status: 'running',
        errMsg: '',
        refCount: { r2: 1 },
      });
    expect(events.filter(({ kind }) => kind === 'running')).toHaveLength(2);
  });

  test('that fail when told again leave an error in the status, as in eKuiper', async () => {
    const { host, start } = await scriptedWorld();
    const first = await start();
    await openSource(host);
    first.close();
    await expect.poll(() => host.status('plug')?.status).toBe('error');
    await start(() => 'no more');
    await expect
      .poll(() => host.status('plug'))
      .toEqual({ status: 'error', errMsg: 'receive error: no more', refCount: { r1: 1 } });
  });

  test('wait for the handshake of a plugin that is started by hand, but not for ever', async () => {
    const { host, start } = await scriptedWorld({ timeouts: { initMs: 60 } });
    await expect(openSource(host)).rejects.toThrow(
      'control handshake error: receive time out\nkplugin: nobody started it by hand within 60 ms',
    );
    await start();
    await openSource(host);
  });

  test('never end a plugin that was started by hand', async () => {
    const { host, start, sockets } = await scriptedWorld();
    await start();
    await openSource(host);
    await host.openFunction('one');
    await expect(host.kill('plug')).rejects.toThrow('plugin plug was started by hand');
    await expect(host.restart('plug')).rejects.toThrow('plugin plug was started by hand');
    await expect(host.adopt(PLUGIN, '/')).rejects.toThrow('invalid name plug: duplicate');
    await expect(host.kill('nobody')).rejects.toThrow('portable plugin nobody is not found');
    await host.close();
    expect(await sockets()).toEqual([]);
  });
});
