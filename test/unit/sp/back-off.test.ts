import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { hello, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialPull } from '../../../src/sp/pull.ts';
import { dialPush } from '../../../src/sp/push.ts';
import { dialRequest } from '../../../src/sp/request.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, socketPath } from '../../wire/sockets.ts';

/** Notes the pauses that a dialler asks for; each lasts until it is let go. */
function notedPauses() {
  const asked: number[] = [];
  const pauses = calls<() => void>();
  const pause = (ms: number, signal: AbortSignal) => {
    asked.push(ms);
    return new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve());
      pauses.on(resolve);
    });
  };
  return { asked, pause, nth: pauses.nth, end: async (n: number) => (await pauses.nth(n))() };
}

const dials = [
  ['REQ', PROTOCOL.rep, dialRequest],
  ['PUSH', PROTOCOL.pull, dialPush],
  ['PULL', PROTOCOL.push, dialPull],
] as const;

describeOnUnix('a dialler that finds nobody', () => {
  test.each(dials)(
    '%s: waits twice as long after each failure, up to a limit, and starts anew after a connection',
    async (_name, counterpart, dial) => {
      const path = socketPath();
      const { asked, pause, end, nth } = notedPauses();
      const dialing = dial(path, { firstDelayMs: 10, maxDelayMs: 50, pause });
      for (let n = 1; n <= 4; n += 1) await end(n);
      await nth(5);

      const connections = calls<() => void>();
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write(hello(counterpart));
        connections.on(() => socket.destroy());
      });
      closing(server.listen(path));
      await once(server, 'listening');
      await end(5);
      const socket = closing(await dialing);
      expect(asked).toEqual([10, 20, 40, 50, 50]);

      server.close();
      (await connections.nth(1))();
      await end(6);
      await end(7);
      expect(asked.slice(5, 7)).toEqual([10, 20]);
      await socket.close();
    },
  );

  test('a peer that never says the right hello does not start the pauses anew', async () => {
    const path = socketPath();
    const { asked, pause, end } = notedPauses();
    closing(createServer((socket) => void socket.end('HTTP/1.1 400\r\n')).listen(path));
    const stop = new AbortController();
    const dialing = dialPush(path, { firstDelayMs: 1, maxDelayMs: 8, pause, signal: stop.signal });
    for (let n = 1; n <= 4; n += 1) await end(n);
    stop.abort();
    await expect(dialing).rejects.toThrow('does not speak the Scalability Protocols');
    expect(asked.slice(0, 4)).toEqual([1, 2, 4, 8]);
  });
});
