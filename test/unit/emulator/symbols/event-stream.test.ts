import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Feed } from '../../../../src/emulator/symbols/feed.ts';
import { streamEvents, WAITING_LIMIT } from '../../../../src/emulator/symbols/routes/events.ts';

/** A client that reads nothing until it is told to. */
class SlowClient extends EventEmitter {
  writableLength = 0;
  received = '';
  isEnded = false;
  destroyed = false;
  writeHead = () => this as never;
  flushHeaders = () => undefined;

  write = (text: string): boolean => {
    this.received += text;
    this.writableLength += text.length;
    return false;
  };

  end = () => {
    this.isEnded = true;
    return this as never;
  };

  read(): void {
    this.writableLength = 0;
    this.emit('drain');
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const note = (text: string) => ({ kind: 'note', plugin: 'a', text }) as const;

function connect() {
  const client = new SlowClient();
  const feed = new Feed(() => 0);
  const leave = new AbortController();
  // Only these members are used, and they behave as a response's do.
  const done = streamEvents(client as never, feed, () => true, leave.signal);
  return { client, feed, leave, done };
}

test('a slow client loses events and is told how many; what waits for it stays bounded', async () => {
  const { client, feed } = connect();
  const text = 'x'.repeat(1000);
  const most = Math.ceil(WAITING_LIMIT / 1000) + 1;
  for (let sent = 0; sent < 5 * most; sent += 1) {
    feed.publish(note(text));
    if (sent % 50 === 0) await turn();
  }
  await turn();
  expect(client.writableLength).toBeLessThan(WAITING_LIMIT + 2000);
  const taken = client.received.split('event: note').length - 1;
  client.read();
  expect(client.received).toContain(`event: lost\ndata: {"count":${5 * most - taken}}\n\n`);
  feed.publish(note('afterwards'));
  await turn();
  expect(client.received).toMatch(/event: lost\n.*\n\nid: \d+\nevent: note\n.*afterwards/);
});

test('nothing is written or kept for a client that is gone', async () => {
  const { client, feed, done } = connect();
  feed.publish(note('one'));
  client.destroyed = true;
  client.emit('close');
  await done;
  const before = client.received;
  feed.publish(note('two'));
  await turn();
  expect(client.received).toBe(before);
});

test('the signal ends it', async () => {
  const { client, leave, done } = connect();
  leave.abort();
  await done;
  expect(client.isEnded).toBe(true);
});
