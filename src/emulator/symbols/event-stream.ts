import type { ServerResponse } from 'node:http';
import type { Wanted } from './event-filter.ts';
import { eventJson } from './event-json.ts';
import type { Feed, FeedItem } from './feed.ts';

/** Bytes that may be buffered for a client; an event is accepted while fewer are buffered. */
export const WAITING_LIMIT = 256 * 1024;

type Client = Pick<
  ServerResponse,
  'writeHead' | 'write' | 'end' | 'on' | 'flushHeaders' | 'writableLength' | 'destroyed'
>;

/**
 * Streams the feed to a client as server-sent events until the client disconnects or the signal aborts. A client that
 * reads too slowly loses events, so that the buffer stays bounded, and receives their number: `event: lost`, `data:
 * {"count":12}`.
 */
export function streamEvents(
  client: Client,
  feed: Feed,
  wants: Wanted,
  signal: AbortSignal,
): Promise<void> {
  client.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  // Some clients show nothing before the first byte, not even that they are connected.
  client.write(': connected\n\n');
  const writer = new Writer(client);
  const leave = feed.subscribe((item) => {
    if (wants(item.event)) writer.take(item);
  });
  return new Promise((resolve) => {
    const done = (): void => {
      leave();
      writer.close();
      client.end();
      resolve();
    };
    client.on('drain', () => writer.flush());
    client.on('close', done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

/** Joins the events of one turn of the event loop into one write. */
class Writer {
  readonly #client: Client;
  #text = '';
  #lost = 0;
  #isPlanned = false;
  #isClosed = false;

  constructor(client: Client) {
    this.#client = client;
  }

  take(item: FeedItem): void {
    // Checked before the event is encoded: dropping an event must cost almost nothing.
    if (this.#client.writableLength + this.#text.length >= WAITING_LIMIT) {
      this.#lost += 1;
      return;
    }
    this.#sayLost();
    this.#text += `id: ${item.id}\nevent: ${item.event.kind}\ndata: ${eventJson(item)}\n\n`;
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    this.#isPlanned = false;
    if (this.#isClosed || this.#client.destroyed) return;
    if (this.#client.writableLength === 0) this.#sayLost();
    const text = this.#text;
    this.#text = '';
    if (text !== '') this.#client.write(text);
  }

  close(): void {
    this.#isClosed = true;
    this.#text = '';
  }

  #sayLost(): void {
    if (this.#lost === 0) return;
    this.#text += `event: lost\ndata: {"count":${this.#lost}}\n\n`;
    this.#lost = 0;
  }
}
