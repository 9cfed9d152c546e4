import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COUNTERPART, hello, messageHeader, PROTOCOL } from '../../../src/sp/frame.ts';
import { dialPull, listenPull } from '../../../src/sp/pull.ts';
import { dialPush, listenPush } from '../../../src/sp/push.ts';
import { listenReplyQueue } from '../../../src/sp/reply-queue.ts';
import { dialRequest, listenRequest } from '../../../src/sp/request.ts';
import { dialReply, listenReply } from '../../fixtures/reply-socket.ts';
import { describeOnUnix } from '../../toolchain/require.ts';
import { calls, closing, rawPeer, socketPath } from '../../wire/sockets.ts';

const LIMITS = { maxMessageBytes: 100 };

type Serve = () => Promise<string>;

/** Each listener, and how a right peer is served by it: gives the text that went through. */
const listeners = {
  'a PULL': async (path: string): Promise<Serve> => {
    const rows = calls<undefined>();
    const onMessage = (body: Buffer) => {
      if (body.toString() === 'still there') rows.on(undefined);
    };
    closing(await listenPull(path, { ...LIMITS, onMessage }));
    return async () => {
      closing(await dialPush(path)).offer('still there');
      await rows.nth(1);
      return 'still there';
    };
  },
  'a PUSH': async (path) => {
    const push = closing(await listenPush(path));
    return async () => {
      const rows = calls<string>();
      closing(await dialPull(path, { onMessage: (body) => rows.on(body.toString()) }));
      await push.send('still there');
      return rows.nth(1);
    };
  },
  'a REP': async (path) => {
    closing(await listenReply(path, { ...LIMITS, onRequest: (one) => void one.reply(one.body) }));
    return async () => `${await closing(await dialRequest(path)).request('still there')}`;
  },
  'a REP with a line': async (path) => {
    const rep = closing(await listenReplyQueue(path, LIMITS));
    return async () => {
      const answer = closing(await dialRequest(path)).request('still there');
      // Requests of hostile peers may stand before it.
      for (let body = await rep.receive(); `${body}` !== 'still there'; )
        body = await rep.receive();
      await rep.send('still there');
      return `${await answer}`;
    };
  },
  'a REQ': async (path) => {
    const req = closing(await listenRequest(path, LIMITS));
    return async () => {
      closing(await dialReply(path, { onRequest: (one) => void one.reply(one.body) }));
      return `${await req.request('still there')}`;
    };
  },
} satisfies Record<string, (path: string) => Promise<Serve>>;

const SPOKEN: Record<keyof typeof listeners, (typeof PROTOCOL)[keyof typeof PROTOCOL]> = {
  'a PULL': PROTOCOL.pull,
  'a PUSH': PROTOCOL.push,
  'a REP': PROTOCOL.rep,
  'a REP with a line': PROTOCOL.rep,
  'a REQ': PROTOCOL.req,
};

const anyBytes = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const part = fc.oneof(
  anyBytes,
  anyBytes.map((body) => Buffer.concat([messageHeader(body.length), body])),
  fc.constantFrom(
    messageHeader(2 ** 60),
    messageHeader(101),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  ),
);

describeOnUnix('bytes that nobody should send', () => {
  const names = Object.keys(listeners).filter(
    (name): name is keyof typeof listeners => name in SPOKEN,
  );
  test.each(names)('never stop %s from serving others', async (name) => {
    const path = socketPath();
    const serve = await listeners[name](path);
    const opening = fc.constantFrom(
      Buffer.alloc(0),
      hello(COUNTERPART[SPOKEN[name]]),
      hello(SPOKEN[name]),
    );
    await fc.assert(
      fc.asyncProperty(opening, fc.array(part, { maxLength: 4 }), async (first, parts) => {
        const raw = await rawPeer(path, first, ...parts);
        raw.socket.end();
        if (name !== 'a REP with a line') await raw.received;
      }),
      { numRuns: 40 },
    );
    expect(await serve()).toBe('still there');
  });
});
