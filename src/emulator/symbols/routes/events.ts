import type { ServerResponse } from 'node:http';
import type { SymbolKind } from '../../../model/symbol.ts';
import type { Answer } from '../../http/answer.ts';
import { type AnyEvent, eventJson, type Feed, type FeedItem } from '../feed.ts';
import { jsonAnswer, type Streamed, type SymbolCall, type SymbolRoute } from '../symbol-route.ts';

const KINDS = [
  'row',
  'sent',
  'ack',
  'call',
  'symbol',
  'output',
  'started',
  'running',
  'ended',
  'note',
] as const satisfies readonly AnyEvent['kind'][];

const SYMBOL_KIND: Partial<Record<AnyEvent['kind'], SymbolKind>> = {
  row: 'source',
  sent: 'sink',
  ack: 'sink',
  call: 'function',
};

/** The values of `?kind=`: kinds of events, or a kind of symbol for all of its events. */
const FILTER_KINDS: readonly string[] = [...KINDS, 'source', 'sink', 'function'];

/** Bytes that may be buffered for a client; an event is accepted while fewer are buffered. */
export const WAITING_LIMIT = 256 * 1024;

/** `GET /events`: all events as server-sent events. */
export const EVENT_ROUTES: readonly SymbolRoute[] = [{ path: '/events', methods: { GET: events } }];

function events({ feed, query, signal }: SymbolCall): Answer | Streamed {
  const wants = eventFilter(query);
  if (typeof wants === 'string') return jsonAnswer(400, { error: wants });
  return { stream: (response) => streamEvents(response, feed, wants, signal) };
}

type Wanted = (event: AnyEvent) => boolean;

/**
 * Parses `?plugin=a&symbol=b,c&kind=row,call`: lists separated by commas, or the key repeated; an event passes when it
 * matches every key. Returns an error message when a kind does not exist.
 */
export function eventFilter(query: URLSearchParams): Wanted | string {
  const plugins = valuesOf(query, 'plugin');
  const symbols = valuesOf(query, 'symbol');
  const kinds = valuesOf(query, 'kind');
  const unknown = [...(kinds ?? [])].find((kind) => !FILTER_KINDS.includes(kind));
  if (unknown !== undefined) {
    return `there is no kind "${unknown}"; the kinds are ${FILTER_KINDS.join(', ')}`;
  }
  return (event) =>
    (plugins === null || (event.plugin !== null && plugins.has(event.plugin))) &&
    (symbols === null || ('symbol' in event && symbols.has(event.symbol))) &&
    (kinds === null || kinds.has(event.kind) || kinds.has(symbolKindOf(event) ?? ''));
}

/** The kind of symbol of an event; null for a plugin's own events. */
function symbolKindOf(event: AnyEvent): SymbolKind | null {
  return event.kind === 'symbol' ? event.type : (SYMBOL_KIND[event.kind] ?? null);
}

function valuesOf(query: URLSearchParams, key: string): ReadonlySet<string> | null {
  const values = query.getAll(key).flatMap((value) => value.split(','));
  const named = values.map((value) => value.trim()).filter((value) => value !== '');
  return named.length === 0 ? null : new Set(named);
}

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
