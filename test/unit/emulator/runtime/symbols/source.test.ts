import { expect, test } from 'vitest';
import type { SourceMessage } from '../../../../../src/emulator/runtime/symbol-contract.ts';
import { dialPush } from '../../../../../src/sp/push.ts';
import { describeOnUnix } from '../../../../toolchain/require.ts';
import { calls, closing, rawPeer } from '../../../../wire/sockets.ts';
import { isThere, META, scriptedWorld } from './scripted-plugin.ts';

const HELLO_PUSH = Buffer.from('0053500000500000', 'hex');

describeOnUnix('a source', () => {
  test('is listened to before it is started, with a control object as Go writes it', async () => {
    const { host, at, start } = await scriptedWorld();
    const listened: boolean[] = [];
    const peer = await start(() => {
      listened.push(isThere(at('r1_op_0.ipc')));
      return 'ok';
    });
    const config = { b: 1, a: { z: [{ y: 1, x: 2 }], c: '<' } };
    const request = { symbol: 'src', meta: META, config, dataSource: 't', onMessage: () => {} };
    const source = await host.openSource(request);
    await source.stop();
    await source.stop();
    expect(listened).toEqual([true, false]);
    const arg =
      '{"symbolName":"src","meta":{"ruleId":"r1","opId":"op","instanceId":0},"pluginType":"source","config":{"a":{"c":"<","z":[{"x":2,"y":1}]},"b":1}}';
    expect(peer.questions).toEqual([
      JSON.stringify({ cmd: 'start', arg }),
      JSON.stringify({ cmd: 'stop', arg }),
    ]);
  });

  test.each([
    ['1.14', { dataSource: 't' }],
    ['2.0', {}],
  ] as const)('of eKuiper %s gets its topic beside the configuration: %o', async (target, has) => {
    const { host, start } = await scriptedWorld({ target });
    const peer = await start();
    const request = { symbol: 'src', meta: META, config: {}, dataSource: 't', onMessage: () => {} };
    await host.openSource(request);
    const { arg } = JSON.parse(peer.questions[0] ?? '');
    expect(JSON.parse(arg)).toEqual({
      symbolName: 'src',
      meta: META,
      pluginType: 'source',
      ...has,
    });
  });

  test('hands over its rows; what is none is a fault, and the next row comes all the same', async () => {
    const { host, at, start, data } = await scriptedWorld();
    await start();
    const rows = calls<SourceMessage>();
    const faults: string[] = [];
    const source = await host.openSource({
      symbol: 'src',
      meta: META,
      config: {},
      onMessage: rows.on,
      onFault: (text) => faults.push(text),
    });
    const push = closing(await dialPush(at('r1_op_0.ipc')));
    for (const text of [
      '{"message":{"a":1},"meta":{"k":"v"}}',
      '{"Message":{"a":2},"META":null}',
      'no json',
      '[]',
      '{"error":"e"}',
      '{"meta":{}}',
      '{"message":[]}',
      '{"message":{},"meta":5}',
      `{"message":{"a":3}}${' '.repeat(1000)}`,
    ]) {
      await push.send(text);
    }
    expect([await rows.nth(1), await rows.nth(2), await rows.nth(3)]).toEqual([
      { message: { a: 1 }, meta: { k: 'v' }, bytes: 36 },
      { message: { a: 2 }, meta: null, bytes: 31 },
      { message: { a: 3 }, meta: null, bytes: 1019 },
    ]);
    expect(source.count).toBe(3);
    expect(faults).toEqual([
      expect.stringMatching(
        /^Invalid data format, cannot decode no json to json format with error Unexpected token/,
      ),
      'Invalid data format, cannot decode [] to json format with error it is no object',
      'the source reports an error, which eKuiper 2 drops: e',
      'Invalid data format, cannot decode {"meta":{}} to json format with error it has no "message"',
      expect.stringContaining('"message" and "meta" have to be objects'),
      expect.stringContaining('"message" and "meta" have to be objects'),
    ]);
    expect(data.map((event) => event.kind)).toEqual(['row', 'row', 'row']);
  });

  test('that sends no frames but garbage loses its connection, which is said', async () => {
    const { host, at, start } = await scriptedWorld();
    await start();
    const faults = calls<string>();
    const onFault = faults.on;
    await host.openSource({ symbol: 'src', meta: META, config: {}, onMessage: () => {}, onFault });
    const peer = await rawPeer(at('r1_op_0.ipc'), HELLO_PUSH, Buffer.from('HTTP/1.1 200 OK'));
    expect(await faults.nth(1)).toMatch(/^the connection was closed: /);
    await peer.received;
  });

  test('is read no faster than its reader takes rows', async () => {
    const { host, at, start } = await scriptedWorld();
    await start();
    const seen = calls<SourceMessage>();
    let release: () => void = () => undefined;
    const source = await host.openSource({
      symbol: 'src',
      meta: META,
      config: {},
      onMessage: (row) => {
        seen.on(row);
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    });
    const push = closing(await dialPush(at('r1_op_0.ipc')));
    for (const n of [1, 2]) await push.send(`{"message":{"n":${n}}}`);
    expect((await seen.nth(1)).message).toEqual({ n: 1 });
    expect(source.count).toBe(1);
    release();
    expect((await seen.nth(2)).message).toEqual({ n: 2 });
  });

  test('that the plugin refuses leaves no socket, and says what the plugin said', async () => {
    const { host, start, sockets, events } = await scriptedWorld();
    await start(() => 'symbol not found');
    const request = { symbol: 'src', meta: META, config: {}, onMessage: () => {} };
    await expect(host.openSource(request)).rejects.toThrow('receive error: symbol not found');
    expect(await sockets()).toEqual(['plugin_plug.ipc']);
    expect(host.openSources).toEqual([]);
    expect(host.status('plug')?.refCount).toEqual({});
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'symbol', command: 'start', error: 'symbol not found' }),
    );
  });

  test('can be had once for each copy of an operation', async () => {
    const { host, start } = await scriptedWorld();
    await start();
    const request = { symbol: 'src', meta: META, config: {}, onMessage: () => {} };
    await Promise.all([
      host.openSource(request),
      host.openSource({ ...request, meta: { ...META, instanceId: 1 } }),
    ]);
    await expect(host.openSource(request)).rejects.toThrow('runs already for rule "r1"');
    await expect(host.openSink({ symbol: 'snk', meta: META, config: {} })).rejects.toThrow(
      'runs already for rule "r1"',
    );
    expect(host.status('plug')?.refCount).toEqual({ r1: 2 });
    expect(host.openSources).toHaveLength(2);
  });

  test.each([
    ['nothing has', { symbol: 'nope', meta: META }, 'source nope not found'],
    ['of another kind', { symbol: 'snk', meta: META }, 'source snk not found'],
    [
      'with a name that leaves the folder',
      { symbol: 'src', meta: { ...META, ruleId: '../x' } },
      'invalid name ../x_op_0',
    ],
  ])('%s is refused', async (_title, request, words) => {
    const { host, start, sockets } = await scriptedWorld();
    await start();
    const full = { ...request, config: {}, onMessage: () => {} };
    await expect(host.openSource(full)).rejects.toThrow(words);
    expect(await sockets()).toEqual(['plugin_plug.ipc']);
  });
});
