import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { listenPull } from '../../../../../src/sp/pull.ts';
import { dialPush } from '../../../../../src/sp/push.ts';
import { describeOnUnix } from '../../../../toolchain/require.ts';
import { calls, closing } from '../../../../wire/sockets.ts';
import { isThere, META, type ScriptedWorld, scriptedWorld } from './scripted-plugin.ts';

interface Rows {
  nth(n: number): Promise<string>;
}

/** A plugin whose sink listens when it is started and says `acks` to its rows, one after the other. */
async function sinkPlugin(world: ScriptedWorld, acks: readonly string[] = []): Promise<Rows> {
  const rows = calls<string>();
  await world.start(async ({ cmd }) => {
    if (cmd === 'stop') return 'ok';
    const ack = closing(await dialPush(world.at('r1_op_0_ack.ipc')));
    const left = [...acks];
    closing(
      await listenPull(world.at('r1_op_0.ipc'), {
        onMessage: (body) => {
          rows.on(body.toString());
          const next = left.shift();
          if (next !== undefined) void ack.send(next);
        },
      }),
    );
    return 'ok';
  });
  return rows;
}

describeOnUnix('a sink', () => {
  test('gets what is sent, after its acknowledgements could be heard', async () => {
    const world = await scriptedWorld();
    const rows = await sinkPlugin(world, ['{}', '{"error":"too big"}', 'gibberish']);
    const acks = calls<string | null>();
    const request = { symbol: 'snk', meta: META, config: { path: 'x' }, onAck: acks.on };
    const sink = await world.host.openSink(request);
    for (const body of ['[{"a":1}]', Buffer.from('bare error'), '[{"a":3}]']) await sink.send(body);
    expect([await rows.nth(1), await rows.nth(2), await rows.nth(3)]).toEqual([
      '[{"a":1}]',
      'bare error',
      '[{"a":3}]',
    ]);
    // Nobody asked for them: they are heard, and the rows go on.
    expect([await acks.nth(1), await acks.nth(2), await acks.nth(3)]).toEqual([
      null,
      'too big',
      'the acknowledgement is no JSON: gibberish',
    ]);
    expect(sink.count).toBe(3);
    expect(world.data.map(({ kind }) => kind).sort()).toEqual(
      ['ack', 'ack', 'ack', 'sent', 'sent', 'sent'].sort(),
    );
    await sink.stop();
    await expect(sink.send('x')).rejects.toThrow('object closed');
    expect(isThere(world.at('r1_op_0_ack.ipc'))).toBe(false);
    expect(world.host.openSinks).toEqual([]);
  });

  test('with requireAck is waited for, row by row', async () => {
    const world = await scriptedWorld({ timeouts: { receiveMs: 1_000 } });
    await sinkPlugin(world, ['{}', '{"error":"too big"}', '{}']);
    const config = { requireAck: true };
    const sink = await world.host.openSink({ symbol: 'snk', meta: META, config });
    const sent = ['1', '2', '3', '4'].map((row) =>
      sink.send(row).then(
        () => 'ok',
        (error: Error) => error.message,
      ),
    );
    expect(await Promise.all(sent)).toEqual([
      'ok',
      'too big',
      'ok',
      expect.stringMatching(/^receive time out\nkplugin: no acknowledgement within 1 s/),
    ]);
  });

  test.each([
    ['1.14', { requiredACKs: 1 }, true],
    ['1.14', { requireAck: true }, false],
    ['2.0', { requireAck: true }, true],
    ['2.4', { requireAck: false }, false],
    ['2.4', { requiredACKs: 1 }, false],
  ] as const)('of eKuiper %s with %o waits: %s', async (target, config, waits) => {
    const world = await scriptedWorld({ target, timeouts: { receiveMs: 200 } });
    await sinkPlugin(world);
    const sink = await world.host.openSink({ symbol: 'snk', meta: META, config });
    const sending = sink.send('row');
    if (waits) await expect(sending).rejects.toThrow('receive time out');
    else await sending;
  });

  test('that listens only after its answer is dialled again, and told of', async () => {
    const world = await scriptedWorld();
    await world.start();
    const path = world.at('r1_op_0.ipc');
    const refused = calls<Socket>();
    const refusing = createServer((socket) => {
      socket.destroy();
      refused.on(socket);
    });
    await new Promise<void>((resolve) => refusing.listen(path, resolve));
    const opening = world.host.openSink({ symbol: 'snk', meta: META, config: {} });
    await refused.nth(1);
    await new Promise((resolve) => refusing.close(resolve));
    closing(await listenPull(path));
    await opening;
    expect(world.notes()).toContain(
      'sink snk answered "ok" before it listened; eKuiper dials once, and fails then',
    );
  });

  test('that never listens is stopped again, and nothing of it is left', async () => {
    const world = await scriptedWorld({ timeouts: { receiveMs: 60 } });
    const peer = await world.start();
    const path = world.at('r1_op_0.ipc');
    await expect(world.host.openSink({ symbol: 'snk', meta: META, config: {} })).rejects.toThrow(
      `can't dial on push socket: dial unix ${path}: connect: no such file or directory\nkplugin: the sink answered "ok" but listens on no socket, after 60 ms`,
    );
    expect(peer.questions.map((text) => JSON.parse(text).cmd)).toEqual(['start', 'stop']);
    expect(await world.sockets()).toEqual(['plugin_plug.ipc']);
    expect(world.host.status('plug')?.refCount).toEqual({});
  });

  test('that reads nothing makes the sender fail in time, and its memory stays flat', async () => {
    const world = await scriptedWorld({ timeouts: { sendMs: 40 } });
    await world.start(async ({ cmd }) => {
      if (cmd === 'start') {
        const never = new Promise<void>(() => undefined);
        closing(await listenPull(world.at('r1_op_0.ipc'), { onMessage: () => never }));
      }
      return 'ok';
    });
    const sink = await world.host.openSink({ symbol: 'snk', meta: META, config: {} });
    const row = 'x'.repeat(1_000_000);
    const fill = async (): Promise<void> => {
      for (let n = 0; n < 100; n += 1) await sink.send(row);
    };
    await expect(fill()).rejects.toThrow('send time out');
    expect(sink.count).toBeLessThan(20);
  });

  test('gets the rows that come while its plugin is started anew', async () => {
    const world = await scriptedWorld({ timeouts: { sendMs: 5_000 } });
    const rows = calls<string>();
    let socket: { close(): unknown } | null = null;
    const listen = async (): Promise<string> => {
      const onMessage = (body: Buffer) => rows.on(body.toString());
      socket = closing(await listenPull(world.at('r1_op_0.ipc'), { onMessage }));
      return 'ok';
    };
    const first = await world.start(listen);
    const sink = await world.host.openSink({ symbol: 'snk', meta: META, config: {} });
    await sink.send('before');
    expect(await rows.nth(1)).toBe('before');
    first.close();
    await (socket as { close(): unknown } | null)?.close();
    await expect.poll(() => world.host.status('plug')?.status).toBe('error');
    const sent = (async () => {
      for (const row of ['while', 'after']) await sink.send(row);
    })();
    await world.start(listen);
    await sent;
    expect([await rows.nth(2), await rows.nth(3)]).toEqual(['while', 'after']);
  });
});
